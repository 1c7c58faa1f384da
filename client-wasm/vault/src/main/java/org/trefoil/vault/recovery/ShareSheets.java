package org.trefoil.vault.recovery;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.recover.OpenedKey;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.screen.SharesForm;
import org.trefoil.vault.view.Piece;

/** Opens the backup key by its shares, typed or dropped in as files. */
final class ShareSheets {
  private final Desk desk;
  private final Wallet wallet;
  private final Piece place;
  private final Runnable back;
  private final PaperDrop drop;
  private final SharesForm<OpenedKey> form;

  ShareSheets(Desk desk, Wallet wallet, Piece place, Consumer<OpenedKey> opened, Runnable back) {
    this.desk = desk;
    this.wallet = wallet;
    this.place = place;
    this.back = back;
    drop = new PaperDrop(desk, this::took);
    form =
        new SharesForm<>(
            desk,
            desk.safely(this::submit),
            this::key,
            key -> {
              drop.close();
              opened.accept(key);
            });
  }

  void show() {
    place.hold(
        drop.box(),
        Piece.says("soft", "The first four letters of each word are enough."),
        form.box(),
        Piece.of("div", "actions")
            .add(
                Piece.button("Add this share", "shares-submit", desk.safely(this::submit)),
                Piece.button("Another key", "shares-back", desk.safely(this::leave))
                    .looks("quiet")));
    form.focus();
    form.addAll(wallet.papers().takeShares());
  }

  private OpenedKey key(char[][] shares) {
    try (BackupSeed seed = BackupSeed.ofShares(shares);
        Mnemonic words = seed.mnemonic()) {
      return OpenedKey.of(words, wallet.cosigners());
    }
  }

  /** What a file showed: all the shares that are in it. */
  private void took(List<char[]> texts, @Nullable Network network) {
    try {
      wallet.papers().take(texts, network);
    } catch (RefusedException e) {
      wallet.papers().dropAside();
      form.refuse(e.refusal());
      return;
    }
    List<char[]> shares = wallet.papers().takeShares();
    form.addAll(shares);
    if (shares.isEmpty()) {
      form.refuse(Refusal.of(Token.NOT_OF_A_SHEET));
    }
  }

  private void submit() {
    form.submit();
  }

  private void leave() {
    drop.close();
    form.close();
    back.run();
  }
}
