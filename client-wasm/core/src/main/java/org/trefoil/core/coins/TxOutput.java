package org.trefoil.core.coins;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Sats;

/** An output of a transaction: an amount and the script that says who may spend it. */
public final class TxOutput implements Comparable<TxOutput> {
  private final Sats value;
  private final byte[] script;

  /** Copies the script. */
  public TxOutput(Sats value, byte[] script) {
    this.value = value;
    this.script = script.clone();
  }

  public Sats value() {
    return value;
  }

  /** The scriptPubKey, a copy. */
  public byte[] script() {
    return script.clone();
  }

  public int scriptLength() {
    return script.length;
  }

  public boolean paysTo(byte[] scriptPubKey) {
    return Arrays.equals(script, scriptPubKey);
  }

  /** The order of BIP-0069: amount, then script byte by byte. */
  @Override
  public int compareTo(TxOutput other) {
    int shorter = Math.min(script.length, other.script.length);
    int byValue = value.compareTo(other.value);
    for (int i = 0; byValue == 0 && i < shorter; i++) {
      byValue = (script[i] & 0xff) - (other.script[i] & 0xff);
    }
    return byValue != 0 ? byValue : script.length - other.script.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TxOutput that
        && value.equals(that.value)
        && Arrays.equals(script, that.script);
  }

  @Override
  public int hashCode() {
    return 31 * value.hashCode() + Arrays.hashCode(script);
  }
}
