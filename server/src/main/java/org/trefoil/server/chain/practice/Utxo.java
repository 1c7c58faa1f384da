package org.trefoil.server.chain.practice;

/**
 * An unspent output.
 *
 * @param height of its block, {@link #IN_MEMPOOL} when it has none
 */
record Utxo(long value, byte[] script, int height, boolean coinbase) {
  static final int IN_MEMPOOL = Integer.MAX_VALUE;
  private static final int MATURITY = 100;

  /** Whether a block at {@code spendHeight} may spend it. */
  boolean mature(int spendHeight) {
    return !coinbase || spendHeight - height >= MATURITY;
  }
}
