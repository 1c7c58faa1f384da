package org.trefoil.core.psbt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.keys.Scripts;

/**
 * Finishes signed PSBTs over m-of-n scripts in {@code wsh}, {@code sh(wsh)} and {@code sh}:
 * BIP-0174's input finalizer and transaction extractor.
 *
 * <p>Scripts must hash to what the spent output says and every signature it uses has been verified,
 * so a finished input passes a node's script check. Fields of no use after that are dropped; the
 * spent output and unknown fields stay.
 */
public final class Finalizer {
  private static final int MOST_PUSH = 520;

  private final Psbt psbt;
  private final Sighash sighash;
  private final PublicCurve curve;

  private Finalizer(Psbt psbt, PublicCurve curve) {
    this.psbt = psbt;
    this.curve = curve;
    this.sighash = new Sighash(psbt.unsignedTx());
  }

  /**
   * The PSBT with every input finished. Refuses with {@code signature-missing}, {@code
   * signature-wrong}, {@code sighash-not-all} or {@code psbt-malformed}.
   */
  public static Psbt finish(Psbt psbt) {
    return finish(psbt, PublicCurve.EVERYWHERE);
  }

  /** As {@link #finish(Psbt)}, with somebody else's arithmetic. */
  public static Psbt finish(Psbt psbt, PublicCurve curve) {
    Finalizer finalizer = new Finalizer(psbt, curve);
    List<PsbtInput> finished = new ArrayList<>(psbt.inputs().size());
    for (int i = 0; i < psbt.inputs().size(); i++) {
      PsbtInput input = psbt.inputs().get(i);
      finished.add(input.isFinal() ? input : finalizer.finish(i));
    }
    return psbt.withInputs(finished);
  }

  /** The signed transaction. Refuses with {@code not-final} where an input is not finished. */
  public static SignedTx extract(Psbt psbt) {
    List<byte @Nullable []> scriptSigs = new ArrayList<>();
    List<byte @Nullable []> witnesses = new ArrayList<>();
    for (int i = 0; i < psbt.inputs().size(); i++) {
      PsbtInput input = psbt.inputs().get(i);
      if (!input.isFinal()) {
        throw refused(Token.NOT_FINAL, i);
      }
      scriptSigs.add(input.map().get(FieldRules.FINAL_SCRIPT_SIG));
      witnesses.add(input.map().get(FieldRules.FINAL_SCRIPT_WITNESS));
    }
    return SignedTx.of(psbt.unsignedTx(), scriptSigs, witnesses);
  }

  private PsbtInput finish(int number) {
    PsbtMap map = psbt.inputs().get(number).map();
    byte[] sighashType = map.get(FieldRules.SIGHASH_TYPE);
    if (sighashType != null && new ByteReader(sighashType).i32() != Sighash.ALL) {
      throw refused(Token.SIGHASH_NOT_ALL, number);
    }
    TxOutput spent = psbt.spentOutput(number);
    byte[] program = spent.script();
    byte[] redeem = map.get(FieldRules.REDEEM_SCRIPT);
    if (program.length == 23 && program[0] == (byte) 0xa9) {
      if (redeem == null || !spent.paysTo(Scripts.scriptHash(redeem))) {
        throw ByteReader.malformed("redeem-script-mismatch");
      }
      program = redeem;
    }
    byte[] witnessScript = map.get(FieldRules.WITNESS_SCRIPT);
    boolean segwit = program.length == 34 && program[0] == 0 && program[1] == 32;
    if (!segwit) {
      if (redeem == null) {
        throw ByteReader.malformed("script-unknown");
      }
      ByteSink scriptSig = new ByteSink(256).u8(0);
      for (byte[] signature : signatures(number, redeem, sighash.legacy(number, redeem))) {
        push(scriptSig, signature);
      }
      push(scriptSig, redeem);
      return finished(map, scriptSig.toBytes(), null);
    }
    if (witnessScript == null || !Arrays.equals(program, Scripts.witness(witnessScript))) {
      throw ByteReader.malformed("witness-script-mismatch");
    }
    byte[] hash = sighash.segwit(number, witnessScript, spent.value());
    List<byte[]> signatures = signatures(number, witnessScript, hash);
    ByteSink stack = new ByteSink(300).compactSize(signatures.size() + 2).u8(0);
    for (byte[] signature : signatures) {
      stack.putSized(signature);
    }
    stack.putSized(witnessScript);
    byte[] scriptSig = null;
    if (redeem != null) {
      ByteSink nested = new ByteSink(35);
      push(nested, redeem);
      scriptSig = nested.toBytes();
    }
    return finished(map, scriptSig, stack.toBytes());
  }

  /** As many verified signatures as the script asks for, in its keys' order. */
  private List<byte[]> signatures(int number, byte[] script, byte[] hash) {
    MultisigScript multisig = MultisigScript.parse(script);
    PsbtMap map = psbt.inputs().get(number).map();
    List<byte[]> chosen = new ArrayList<>(multisig.threshold());
    for (byte[] key : multisig.keys()) {
      byte[] signature = signatureBy(map, key);
      if (signature == null || chosen.size() == multisig.threshold()) {
        continue;
      }
      if (signature.length == 0 || signature[signature.length - 1] != Sighash.ALL) {
        throw refused(Token.SIGHASH_NOT_ALL, number);
      }
      if (!Signatures.right(signature, hash, key, curve)) {
        throw refused(Token.SIGNATURE_WRONG, number);
      }
      chosen.add(signature);
    }
    if (chosen.size() < multisig.threshold()) {
      throw refused(Token.SIGNATURE_MISSING, number);
    }
    return chosen;
  }

  private static byte @Nullable [] signatureBy(PsbtMap map, byte[] key) {
    for (PsbtField field : map.all(FieldRules.PARTIAL_SIG)) {
      if (Arrays.equals(field.keyData(), key)) {
        return field.value;
      }
    }
    return null;
  }

  private static PsbtInput finished(
      PsbtMap map, byte @Nullable [] scriptSig, byte @Nullable [] witness) {
    List<PsbtField> kept = new ArrayList<>();
    for (PsbtField field : map.fields()) {
      int type = field.type();
      if (type < FieldRules.PARTIAL_SIG || type > FieldRules.BIP32_DERIVATION) {
        kept.add(field);
      }
    }
    PsbtMap out = PsbtMap.of(kept);
    if (scriptSig != null) {
      out = out.plus(PsbtField.of(FieldRules.FINAL_SCRIPT_SIG, scriptSig));
    }
    if (witness != null) {
      out = out.plus(PsbtField.of(FieldRules.FINAL_SCRIPT_WITNESS, witness));
    }
    return new PsbtInput(out);
  }

  /** A push of data in its shortest form. */
  private static void push(ByteSink out, byte[] data) {
    if (data.length > MOST_PUSH) {
      throw ByteReader.malformed("script-too-long");
    }
    if (data.length > 255) {
      out.u8(0x4d).u8(data.length).u8(data.length >> 8);
    } else if (data.length > 75) {
      out.u8(0x4c).u8(data.length);
    } else {
      out.u8(data.length);
    }
    out.put(data);
  }

  private static RefusedException refused(Token token, int input) {
    return new RefusedException(Refusal.of(token, "input", Integer.toString(input)));
  }
}
