package org.trefoil.vault.screen;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.PageAnswer;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.envelope.v1.Marker;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * New keys for a wallet: one of the old keys names them, so that nobody but their holder, and no
 * server, can say which wallet comes after this one. Then the birth goes as always.
 */
final class ReplaceKeysScreen extends WalletScreen {
  private final ToVault.ReplaceKeys task;
  private @Nullable BirthScreen birth;

  ReplaceKeysScreen(Desk desk, ToVault.ReplaceKeys task) {
    super(desk, task.wallet(), task.pin(), "This wallet cannot go on");
    this.task = task;
  }

  @Override
  void begin(KnownWallet wallet) {
    EitherKey key =
        new EitherKey(
            desk,
            wallet,
            "Go on",
            "old-key-submit",
            false,
            (opened, marker) -> birth(wallet, opened, marker));
    desk.show(
        Desk.heading("First, a key that you have"),
        Piece.says(
            "soft",
            "One of the present keys signs for the new ones, so that nobody else can put keys in"
                + " their place."),
        key.box());
    key.focus();
  }

  private void birth(KnownWallet wallet, AccountKey key, @Nullable Marker marker) {
    ToVault.MakeWallet make =
        new ToVault.MakeWallet(task.draft(), task.wallet().name(), task.today());
    BirthScreen next = new BirthScreen(desk, make, new Predecessor(wallet, key, marker));
    birth = next;
    next.begin();
  }

  @Override
  public boolean told(PageAnswer message) {
    BirthScreen running = birth;
    return running != null && running.told(message);
  }
}
