package org.trefoil.vault.screen;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.WalletView;
import org.trefoil.vault.wallet.KnownWallet;

/** A task with a wallet: it begins with the check of the wallet's key set, or ends there. */
abstract class WalletScreen implements Screen {
  final Desk desk;
  private final WalletView view;
  private final @Nullable String pin;
  private final String refused;

  /**
   * Draws nothing yet.
   *
   * @param pin what this browser remembers of the key set
   * @param refused the title over a refusal that ends the task
   */
  WalletScreen(Desk desk, WalletView view, @Nullable String pin, String refused) {
    this.desk = desk;
    this.view = view;
    this.pin = pin;
    this.refused = refused;
  }

  @Override
  public final void begin() {
    try {
      begin(KnownWallet.of(view, pin));
    } catch (RefusedException e) {
      desk.refuseFinally(refused, e.refusal());
    }
  }

  /** Begins; a refusal thrown here ends the task. */
  abstract void begin(KnownWallet wallet);
}
