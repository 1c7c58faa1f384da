package org.trefoil.core.psbt;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The bytes are cut, bent, too many, or no PSBT at all. */
final class HostileBytes extends HostileGroup {
  HostileBytes(Psbt good, Random random, List<HostilePsbt> corpus) {
    super(good, random, corpus);
  }

  @Override
  void round() {
    bytes();
    sizes();
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
    if (made() < 200) {
      raw("over-a-megabyte", Arrays.copyOf(whole, 1_000_001), MALFORMED);
    }
  }

  private static byte[] splice(byte[] bytes, int at, byte[] instead) {
    ByteSink out = new ByteSink(bytes.length + 8).put(bytes, 0, at).put(instead);
    return out.put(bytes, at + 1, bytes.length - at - 1).toBytes();
  }
}
