package org.trefoil.core.proposal;

import java.util.List;
import org.trefoil.core.keys.TaggedHash;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.Sats;

/**
 * What names a transaction: 32 bytes over the whole unsigned transaction (version, inputs,
 * sequences, outputs, their order, lock time) and the amount of every input.
 *
 * <p>{@code TaggedHash("trefoil/spend/1", transaction ‖ amount of each input, 8 bytes
 * little-endian)}.
 */
public final class SpendDigest {
  private SpendDigest() {}

  /**
   * Of a transaction.
   *
   * @param amounts of its inputs, in their order
   */
  public static byte[] of(UnsignedTx tx, List<Sats> amounts) {
    byte[] bytes = new byte[8 * amounts.size()];
    for (int i = 0; i < amounts.size(); i++) {
      long value = amounts.get(i).value();
      for (int b = 0; b < 8; b++) {
        bytes[8 * i + b] = (byte) (value >> 8 * b);
      }
    }
    return TaggedHash.of("trefoil/spend/1", tx.bytes(), bytes);
  }
}
