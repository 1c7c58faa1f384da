package org.trefoil.core.psbt;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bitcoinj.crypto.ECKey;

/** The signatures are not the user key's over exactly this transaction. */
final class HostileSignatures extends HostileGroup {
  private static final String SIGHASH = "sighash-not-all";

  HostileSignatures(Psbt good, Random random, List<HostilePsbt> corpus) {
    super(good, random, corpus);
  }

  @Override
  void round() {
    signatures();
    sighashes();
  }

  private void signatures() {
    int input = pick(good.inputs().size());
    int sig = FieldRules.PARTIAL_SIG;
    add(
        "signature-missing",
        p -> p.inputs.get(input).removeIf(f -> f.type() == sig),
        "signature-missing");
    add("signature-flipped", p -> flip(p.inputs.get(input), sig, 6 + pick(60)), SIGNATURE_WRONG);
    add(
        "signature-cut",
        p ->
            PsbtParts.replace(
                p.inputs.get(input),
                sig,
                f -> {
                  byte[] cut = Arrays.copyOf(f.value, f.value.length - 4);
                  cut[cut.length - 1] = 1;
                  return new PsbtField(f.key, cut);
                }),
        SIGNATURE_WRONG);
    add(
        "signature-of-another-input",
        p -> {
          byte[] other = first(p.inputs.get((input + 1) % p.inputs.size()), sig).value;
          PsbtParts.replace(p.inputs.get(input), sig, f -> new PsbtField(f.key, other));
        },
        SIGNATURE_WRONG);
    add(
        "signature-high-s",
        p -> PsbtParts.replace(p.inputs.get(input), sig, f -> new PsbtField(f.key, highS(f.value))),
        SIGNATURE_WRONG);
    add(
        "signature-by-another-key",
        p ->
            PsbtParts.replace(
                p.inputs.get(input),
                sig,
                f -> PsbtField.of(sig, otherKey(p.inputs.get(input), f), f.value)),
        SIGNATURE_WRONG);
    add(
        "signature-more",
        p ->
            p.inputs
                .get(input)
                .add(
                    PsbtField.of(
                        sig,
                        otherKey(p.inputs.get(input), first(p.inputs.get(input), sig)),
                        first(p.inputs.get(input), sig).value)),
        SIGNATURE_WRONG);
    add(
        "signature-padded",
        p ->
            PsbtParts.replace(
                p.inputs.get(input),
                sig,
                f -> {
                  byte[] longer = Arrays.copyOf(f.value, f.value.length + 1);
                  longer[longer.length - 1] = 1;
                  return new PsbtField(f.key, longer);
                }),
        SIGNATURE_WRONG);
  }

  private void sighashes() {
    int input = pick(good.inputs().size());
    for (int type : new int[] {0, 2, 3, 0x81, 0x82, 0x83}) {
      add(
          "sighash-field-" + type,
          p -> {
            byte[] value = new ByteSink(4).i32(type).toBytes();
            p.inputs.get(input).add(PsbtField.of(FieldRules.SIGHASH_TYPE, value));
          },
          SIGHASH);
      add(
          "sighash-byte-" + type,
          p ->
              PsbtParts.replace(
                  p.inputs.get(input),
                  FieldRules.PARTIAL_SIG,
                  f -> {
                    byte[] value = f.value.clone();
                    value[value.length - 1] = (byte) type;
                    return new PsbtField(f.key, value);
                  }),
          SIGHASH);
    }
  }

  /** Another cosigner's key, which the input names but which did not sign. */
  private static byte[] otherKey(List<PsbtField> fields, PsbtField signature) {
    for (PsbtField field : fields) {
      if (field.type() == FieldRules.BIP32_DERIVATION
          && !Arrays.equals(field.keyData(), signature.keyData())) {
        return field.keyData();
      }
    }
    throw new IllegalArgumentException("no other key");
  }

  /** The same signature with the other of its two values of s. */
  private static byte[] highS(byte[] signature) {
    int r = signature[3];
    BigInteger s = new BigInteger(Arrays.copyOfRange(signature, 6 + r, 6 + r + signature[5 + r]));
    byte[] high = ECKey.ecDomainParameters().getN().subtract(s).toByteArray();
    ByteSink out = new ByteSink(80).u8(0x30).u8(4 + r + high.length);
    out.put(signature, 2, 2 + r).u8(2).u8(high.length).put(high);
    return out.u8(1).toBytes();
  }
}
