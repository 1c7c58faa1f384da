package org.trefoil.core.psbt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.bitcoinj.crypto.ECKey;

/**
 * Makes hostile PSBTs out of a good one: what a client that was taken over, or a server that lies,
 * could send instead. The same seed gives the same corpus on every machine.
 *
 * <p>The good one must be half-signed, over the wallet's coins, with two inputs or more, a payment
 * and a change that says where it comes from.
 */
public final class HostilePsbts {
  private static final String MALFORMED = "psbt-malformed";
  private static final String SIGNATURE_WRONG = "signature-wrong";
  private static final String SIGHASH = "sighash-not-all";

  private final Psbt good;
  private final Random random;
  private final List<HostilePsbt> corpus = new ArrayList<>();

  private HostilePsbts(Psbt good, long seed) {
    this.good = good;
    this.random = new Random(seed);
  }

  /** At least so many; each round makes every kind once, with other particulars. */
  public static List<HostilePsbt> of(Psbt good, long seed, int atLeast) {
    HostilePsbts maker = new HostilePsbts(good, seed);
    while (maker.corpus.size() < atLeast) {
      maker.payments();
      maker.change();
      maker.coins();
      maker.claims();
      maker.frame();
      maker.signatures();
      maker.sighashes();
      maker.bytes();
      maker.sizes();
      maker.maps();
    }
    return maker.corpus;
  }

  private void payments() {
    add("recipient-swapped", p -> p.scripts.set(p.payment(), script()), "surprise-output");
    add("payment-raised", p -> shift(p, p.payment(), 1 + pick(50)), "wrong-amount");
    add("payment-lowered", p -> shift(p, p.payment(), -1 - pick(50)), "wrong-amount");
    add("payment-dropped", p -> p.dropOutput(p.payment()), "missing-output");
    add(
        "output-added",
        p -> p.addOutput(1_000 + pick(9_000), script(), List.of()),
        "surprise-output");
    add(
        "payment-twice",
        p -> {
          int payment = p.payment();
          p.addOutput(p.amounts.get(payment), p.scripts.get(payment), List.of());
        },
        "surprise-output");
    add(
        "data-output-added",
        p -> p.addOutput(0, new byte[] {0x6a, 1, 7}, List.of()),
        "surprise-output");
    add(
        "outputs-reordered",
        p -> {
          Collections.swap(p.amounts, 0, 1);
          Collections.swap(p.scripts, 0, 1);
          Collections.swap(p.outputs, 0, 1);
        },
        SIGNATURE_WRONG);
  }

  private void change() {
    add("change-swapped", p -> p.scripts.set(p.change(), script()), "foreign-change");
    add(
        "change-swapped-silently",
        p -> {
          int change = p.change();
          p.scripts.set(change, script());
          p.outputs.get(change).clear();
        },
        "surprise-output");
    add("change-lowered", p -> shift(p, p.change(), -5_000 - pick(5_000)), "fee-too-high");
    add("change-raised", p -> shift(p, p.change(), 1 + pick(3_000)), "fee-too-low");
    add("change-dust", p -> p.amounts.set(p.change(), (long) pick(300)), "dust");
    add(
        "change-twice",
        p -> {
          int change = p.change();
          shift(p, change, -5_000);
          p.addOutput(5_000, p.scripts.get(change), p.outputs.get(change));
        },
        "surprise-output");
    add("change-dropped", p -> p.dropOutput(p.change()), "fee-too-high");
    add(
        "change-claims-wrong",
        p -> flip(p.outputs.get(p.change()), 2, 0),
        "change-wrong",
        "foreign-change");
    add("change-script-wrong", p -> flip(p.outputs.get(p.change()), 1, 5), "change-wrong");
  }

  private void coins() {
    int input = pick(good.inputs().size());
    add(
        "input-twice",
        p -> p.addInput(p.outpoints.get(input), p.inputs.get(input)),
        "duplicate-input");
    add("input-foreign", p -> p.addInput(bytes(36, 32), p.inputs.get(input)), "foreign-input");
    add(
        "input-replaced",
        p -> p.outpoints.get(input)[pick(32)] ^= (byte) (1 << pick(8)),
        "foreign-input");
    add("input-other-output", p -> p.outpoints.get(input)[32] ^= 0x40, "foreign-input");
    add("input-dropped", p -> p.dropInput(input), "fee-too-low");
    add(
        "inputs-none",
        p -> {
          while (!p.outpoints.isEmpty()) {
            p.dropInput(0);
          }
        },
        "nothing-to-send");
    add(
        "inputs-without-end",
        p -> {
          for (int i = 0; i < 1_200; i++) {
            p.addInput(bytes(36, 32), List.of());
          }
        },
        "too-many-inputs");
    add(
        "inputs-reordered",
        p -> {
          Collections.swap(p.outpoints, 0, 1);
          Collections.swap(p.inputs, 0, 1);
        },
        SIGNATURE_WRONG);
    add(
        "input-maps-swapped",
        p -> Collections.swap(p.inputs, 0, 1),
        "foreign-input",
        "wrong-input-amount",
        MALFORMED);
  }

  private void claims() {
    int input = pick(good.inputs().size());
    add(
        "input-amount-wrong",
        p -> flip(p.inputs.get(input), FieldRules.WITNESS_UTXO, pick(4)),
        "wrong-input-amount",
        MALFORMED);
    add(
        "input-script-wrong",
        p -> flip(p.inputs.get(input), FieldRules.WITNESS_UTXO, 12),
        "foreign-input",
        MALFORMED);
    add("utxo-missing", p -> p.inputs.get(input).removeIf(f -> f.type() <= 1), MALFORMED);
    add(
        "witness-script-wrong",
        p -> flip(p.inputs.get(input), FieldRules.WITNESS_SCRIPT, 3 + pick(90)),
        MALFORMED);
    add(
        "redeem-script-added",
        p -> p.inputs.get(input).add(PsbtField.of(FieldRules.REDEEM_SCRIPT, bytes(34, 34))),
        MALFORMED);
    add(
        "derivation-wrong",
        p -> flip(p.inputs.get(input), FieldRules.BIP32_DERIVATION, pick(28)),
        MALFORMED);
    add(
        "final-already",
        p ->
            p.inputs
                .get(input)
                .add(PsbtField.of(FieldRules.FINAL_SCRIPT_WITNESS, new byte[] {1, 0})),
        MALFORMED);
    add(
        "previous-transaction-wrong",
        p -> {
          p.inputs.get(input).removeIf(f -> f.type() == 0);
          p.inputs.get(input).add(0, PsbtField.of(0, good.unsignedTx().bytes()));
        },
        MALFORMED);
  }

  private void frame() {
    add("version-other", p -> p.version = pick(2) == 0 ? 1 : 3 + pick(1_000), "version-surprise");
    add("locked-by-time", p -> p.lockTime = 500_000_000 + pick(1_000_000_000), "locktime-surprise");
    add("locked-by-height", p -> p.lockTime = 10_000_000 + pick(100_000), "locktime-surprise");
    add("lock-lowered", p -> p.lockTime -= 1 + pick(100), SIGNATURE_WRONG);
    add("sequence-final", p -> p.sequences.set(0, -1), "sequence-surprise");
    add("sequence-relative", p -> p.sequences.set(0, pick(65_536)), "sequence-surprise");
    add("script-sig-filled", p -> p.scriptSigs.set(0, bytes(5, 5)), MALFORMED);
    add("amount-negative", p -> p.amounts.set(0, -1L - pick(1_000)), MALFORMED);
    add("amount-too-large", p -> p.amounts.set(0, 2_100_000_000_000_001L + pick(99)), MALFORMED);
    add(
        "amounts-too-large",
        p -> {
          p.amounts.set(0, 2_100_000_000_000_000L);
          p.amounts.set(1, 2_100_000_000_000_000L);
        },
        MALFORMED);
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

  private void bytes() {
    byte[] whole = good.serialize();
    for (int i = 0; i < 5; i++) {
      raw("truncated", Arrays.copyOf(whole, pick(whole.length)), MALFORMED);
      byte[] flipped = whole.clone();
      int transaction = good.unsignedTx().bytes().length;
      flipped[10 + pick(transaction - 2)] ^= (byte) (1 << pick(8));
      add(new HostilePsbt("transaction-flipped", flipped, Set.of()));
    }
    raw("bytes-after", Arrays.copyOf(whole, whole.length + 1 + pick(9)), MALFORMED);
    raw("random", bytes(pick(2_000), 2_000), MALFORMED);
    byte[] magic = bytes(500, 500);
    System.arraycopy(whole, 0, magic, 0, 5 + pick(6));
    raw("random-after-magic", magic, MALFORMED);
    raw("as-base64", good.base64().getBytes(StandardCharsets.US_ASCII), MALFORMED);
    raw("nothing", new byte[0], MALFORMED);
    raw("magic-alone", Arrays.copyOf(whole, 5), MALFORMED);
  }

  private void sizes() {
    PsbtParts parts = new PsbtParts(good);
    byte[] tx = parts.transaction(false);
    for (int count : new int[] {0xfd, 0xfe, 0xff}) {
      byte[] huge = Arrays.copyOf(tx, tx.length);
      huge[4] = (byte) count;
      raw("input-count-huge", parts.write(huge), MALFORMED);
    }
    raw("witness-in-transaction", parts.write(parts.transaction(true)), MALFORMED);
    raw(
        "count-not-canonical",
        parts.write(splice(tx, 4, new byte[] {(byte) 0xfd, tx[4], 0})),
        MALFORMED);
    byte[] whole = good.serialize();
    raw("key-length-huge", splice(whole, 5, new byte[] {(byte) 0xfe, -1, -1, -1, 0x7f}), MALFORMED);
    raw("key-length-not-canonical", splice(whole, 5, new byte[] {(byte) 0xfd, 1, 0}), MALFORMED);
    add(
        "unknown-100-kB",
        p -> p.global.add(PsbtField.of(0xfc, bytes(4, 4), bytes(100_000, 100_000))),
        MALFORMED);
    if (corpus.size() < 200) {
      raw("over-a-megabyte", Arrays.copyOf(whole, 1_000_001), MALFORMED);
    }
  }

  private void maps() {
    int input = pick(good.inputs().size());
    add("key-twice", p -> p.inputs.get(input).add(p.inputs.get(input).get(0)), MALFORMED);
    add(
        "key-twice-among-many",
        p -> {
          for (int i = 0; i < 40; i++) {
            p.inputs.get(input).add(PsbtField.of(0xf0, new byte[] {(byte) (i % 39)}, new byte[0]));
          }
        },
        MALFORMED);
    add(
        "fields-without-end",
        p -> {
          for (int i = 0; i < 2_000; i++) {
            p.inputs
                .get(input)
                .add(PsbtField.of(0xf0, new byte[] {(byte) i, (byte) (i >> 8)}, new byte[0]));
          }
        },
        MALFORMED);
    add("map-missing", p -> p.inputs.remove(input), MALFORMED);
    add("map-more", p -> p.outputs.add(List.of()), MALFORMED);
    add(
        "version-2",
        p -> p.global.add(PsbtField.of(0xfb, new byte[] {2, 0, 0, 0})),
        "psbt-version");
    add(
        "version-2-field",
        p -> p.inputs.get(input).add(PsbtField.of(0x0e, bytes(32, 32))),
        MALFORMED);
    add(
        "key-with-data",
        p -> p.inputs.get(input).add(PsbtField.of(5, bytes(1, 1), bytes(9, 9))),
        MALFORMED);
    add(
        "public-key-short",
        p -> p.inputs.get(input).add(PsbtField.of(6, bytes(32, 32), bytes(4, 4))),
        MALFORMED);
  }

  private void add(String name, Consumer<PsbtParts> change, String... tokens) {
    PsbtParts parts = new PsbtParts(good);
    change.accept(parts);
    raw(name, parts.write(), tokens);
  }

  private void raw(String name, byte[] bytes, String... tokens) {
    add(new HostilePsbt(name, bytes, Set.of(tokens)));
  }

  private void add(HostilePsbt hostile) {
    corpus.add(hostile);
  }

  private static void shift(PsbtParts parts, int output, long by) {
    parts.amounts.set(output, parts.amounts.get(output) + by);
  }

  private void flip(List<PsbtField> fields, int type, int at) {
    PsbtParts.replace(
        fields,
        type,
        field -> {
          byte[] value = field.value.clone();
          value[at % value.length] ^= (byte) (1 << pick(8));
          return new PsbtField(field.key, value);
        });
  }

  private static PsbtField first(List<PsbtField> fields, int type) {
    for (PsbtField field : fields) {
      if (field.type() == type) {
        return field;
      }
    }
    throw new IllegalArgumentException("no field of type " + type);
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

  private static byte[] splice(byte[] bytes, int at, byte[] instead) {
    ByteSink out = new ByteSink(bytes.length + 8).put(bytes, 0, at).put(instead);
    return out.put(bytes, at + 1, bytes.length - at - 1).toBytes();
  }

  private byte[] script() {
    byte[] script = bytes(34, 34);
    script[0] = 0;
    script[1] = 32;
    return script;
  }

  /** Bytes of which the first so many are random. */
  private byte[] bytes(int length, int random) {
    byte[] out = new byte[length];
    byte[] start = new byte[Math.min(length, random)];
    this.random.nextBytes(start);
    System.arraycopy(start, 0, out, 0, start.length);
    return out;
  }

  private int pick(int bound) {
    return random.nextInt(bound);
  }
}
