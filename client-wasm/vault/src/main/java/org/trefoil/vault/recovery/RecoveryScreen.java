package org.trefoil.vault.recovery;

import org.trefoil.core.keys.Cosigners;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.screen.Screen;
import org.trefoil.vault.view.Piece;

/** The recovery: from what is on paper to a wallet, and from there to what is asked of it. */
public final class RecoveryScreen implements Screen {
  private final Desk desk;
  private final Papers papers = new Papers();

  public RecoveryScreen(Desk desk) {
    this.desk = desk;
  }

  /** What stands above every step. */
  public static Piece head() {
    return Piece.of("header", "top")
        .add(
            Piece.of("p").add(Piece.of("strong").text("Trefoil recovery")),
            Piece.says("hint", "This file has no network. What you type stays in it."));
  }

  @Override
  public void begin() {
    new WalletStep(desk, papers, this::compare).show();
  }

  private void compare(Cosigners cosigners) {
    Wallet wallet = new Wallet(cosigners, papers);
    new CompareStep(
            desk,
            wallet,
            () -> new CoinsStep(desk, wallet, () -> compare(cosigners)).show(),
            () -> new PsbtStep(desk, wallet, () -> compare(cosigners)).show(),
            this::begin)
        .show();
  }
}
