package org.trefoil.core.coins;

/**
 * Names one output of one transaction.
 *
 * @param txid 64 lower-case hexadecimal digits in display order (the reverse of the wire's)
 * @param vout the output's number, 0 to 2³¹ − 1
 */
public record Outpoint(String txid, int vout) implements Comparable<Outpoint> {
  public Outpoint {
    if (txid.length() != 64 || vout < 0) {
      throw new IllegalArgumentException("not an outpoint");
    }
    for (int i = 0; i < 64; i++) {
      char c = txid.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        throw new IllegalArgumentException("not an outpoint");
      }
    }
  }

  /** The order of BIP-0069: transaction id as displayed, then output number. */
  @Override
  public int compareTo(Outpoint other) {
    int byTxid = txid.compareTo(other.txid);
    return byTxid != 0 ? byTxid : Integer.compare(vout, other.vout);
  }

  @Override
  public String toString() {
    return txid + ":" + vout;
  }
}
