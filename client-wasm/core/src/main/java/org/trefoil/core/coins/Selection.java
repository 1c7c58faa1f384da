package org.trefoil.core.coins;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.units.Sats;

/** The outcome of choosing coins. */
public sealed interface Selection {
  /**
   * Coins that pay for everything.
   *
   * @param inputs the chosen coins, in BIP-0069's order
   * @param sent what the recipients get together
   * @param change what comes back; null when nothing worth an output is left
   * @param fee inputs less what is sent and the change
   */
  record Selected(List<Coin> inputs, Sats sent, @Nullable Sats change, Sats fee)
      implements Selection {
    public Selected {
      inputs = List.copyOf(inputs);
    }
  }

  /** Why the coins do not do: {@code insufficient-funds}, {@code dust}, {@code too-many-inputs}… */
  record NotSelected(Refusal refusal) implements Selection {}
}
