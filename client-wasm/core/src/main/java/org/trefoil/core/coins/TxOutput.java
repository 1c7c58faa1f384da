package org.trefoil.core.coins;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Sats;

/** An output of a transaction: an amount and the script that says who may spend it. */
public final class TxOutput {
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
