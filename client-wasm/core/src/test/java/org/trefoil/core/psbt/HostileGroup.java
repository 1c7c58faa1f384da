package org.trefoil.core.psbt;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** One group of hostile PSBTs, and what all groups are made with. */
abstract class HostileGroup {
  static final String MALFORMED = "psbt-malformed";
  static final String SIGNATURE_WRONG = "signature-wrong";

  final Psbt good;
  private final Random random;
  private final List<HostilePsbt> corpus;

  /** Adds to a corpus, by particulars out of {@code random}. */
  HostileGroup(Psbt good, Random random, List<HostilePsbt> corpus) {
    this.good = good;
    this.random = random;
    this.corpus = corpus;
  }

  /** Adds every kind of this group once. */
  abstract void round();

  final int made() {
    return corpus.size();
  }

  void add(String name, Consumer<PsbtParts> change, String... tokens) {
    PsbtParts parts = new PsbtParts(good);
    change.accept(parts);
    raw(name, parts.write(), tokens);
  }

  void raw(String name, byte[] bytes, String... tokens) {
    add(new HostilePsbt(name, bytes, Set.of(tokens)));
  }

  void add(HostilePsbt hostile) {
    corpus.add(hostile);
  }

  static void shift(PsbtParts parts, int output, long by) {
    parts.amounts.set(output, parts.amounts.get(output) + by);
  }

  void flip(List<PsbtField> fields, int type, int at) {
    PsbtParts.replace(
        fields,
        type,
        field -> {
          byte[] value = field.value.clone();
          value[at % value.length] ^= (byte) (1 << pick(8));
          return new PsbtField(field.key, value);
        });
  }

  static PsbtField first(List<PsbtField> fields, int type) {
    for (PsbtField field : fields) {
      if (field.type() == type) {
        return field;
      }
    }
    throw new IllegalArgumentException("no field of type " + type);
  }

  byte[] script() {
    byte[] script = bytes(34, 34);
    script[0] = 0;
    script[1] = 32;
    return script;
  }

  int pick(int bound) {
    return random.nextInt(bound);
  }

  /** Bytes of which the first so many are random. */
  byte[] bytes(int length, int random) {
    byte[] out = new byte[length];
    byte[] start = new byte[Math.min(length, random)];
    this.random.nextBytes(start);
    System.arraycopy(start, 0, out, 0, start.length);
    return out;
  }
}
