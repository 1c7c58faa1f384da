package org.trefoil.vault.recovery;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.trefoil.vault.screen.WordsGrid;
import org.trefoil.vault.view.Piece;

/**
 * Opens the backup key by its shares, sheet after sheet in any order: each is judged as it comes,
 * and what was taken is kept until it is enough.
 */
final class SharesForm {
  private final Desk desk;
  private final Wallet wallet;
  private final Piece place;
  private final Consumer<OpenedKey> opened;
  private final Runnable back;
  private final List<char[]> given = new ArrayList<>();
  private final Piece progress =
      Piece.says("good", "").attribute("role", "status").testId("shares-read").show(false);
  private final Piece title = Piece.of("h3");
  private final PaperDrop drop;
  private final WordsGrid grid;

  SharesForm(Desk desk, Wallet wallet, Piece place, Consumer<OpenedKey> opened, Runnable back) {
    this.desk = desk;
    this.wallet = wallet;
    this.place = place;
    this.opened = opened;
    this.back = back;
    drop = new PaperDrop(desk, this::took);
    grid = WordsGrid.ofShare(desk, desk.safely(this::submit));
  }

  void show() {
    place.hold(
        drop.box(),
        progress,
        title,
        Piece.says("soft", "The first four letters of each word are enough."),
        grid.box(),
        Piece.of("div", "actions")
            .add(
                Piece.button("Add this share", "shares-submit", desk.safely(this::submit)),
                Piece.button("Another key", "shares-back", desk.safely(this::leave))
                    .looks("quiet")));
    next();
    addAll(wallet.papers().takeShares());
  }

  private void next() {
    title.text("Words of share " + (given.size() + 1));
    grid.clear();
    grid.focus();
  }

  /** What a file showed: all the shares that are in it. */
  private void took(List<char[]> texts, @Nullable Network network) {
    try {
      wallet.papers().take(texts, network);
    } catch (RefusedException e) {
      wallet.papers().dropAside();
      grid.refuse(e.refusal());
      return;
    }
    List<char[]> shares = wallet.papers().takeShares();
    addAll(shares);
    if (shares.isEmpty()) {
      grid.refuse(Refusal.of(Token.NOT_OF_A_SHEET));
    }
  }

  private void submit() {
    add(grid.text());
  }

  /** Takes shares over until they open the key; what is left is wiped. */
  private void addAll(List<char[]> shares) {
    boolean open = false;
    for (char[] share : shares) {
      if (open) {
        Arrays.fill(share, '\0');
      } else {
        open = add(share);
      }
    }
  }

  /** Takes a share over: it opens the key, which is told, or counts, or is refused and wiped. */
  private boolean add(char[] share) {
    given.add(share);
    OpenedKey key;
    try (BackupSeed seed = BackupSeed.ofShares(given.toArray(new char[0][]));
        Mnemonic words = seed.mnemonic()) {
      key = OpenedKey.of(words, wallet.cosigners());
    } catch (RefusedException e) {
      notYet(e.refusal());
      return false;
    }
    close();
    opened.accept(key);
    return true;
  }

  private void notYet(Refusal why) {
    if (why.is(Token.SHARES_MISSING)) {
      next();
      progress.text(given.size() + " of " + why.data().get("needed") + " shares are here.");
    } else {
      refuse(why);
    }
    progress.show(!given.isEmpty());
  }

  /** Shares that each are sound and together are not this key: nobody knows which one is wrong. */
  private void refuse(Refusal why) {
    if (why.is(Token.SHARES_UNFIT) || why.is(Token.PAPER_OTHER_KEY)) {
      forget();
      next();
    } else {
      Arrays.fill(given.remove(given.size() - 1), '\0');
    }
    grid.refuse(why);
  }

  private void leave() {
    close();
    back.run();
  }

  private void close() {
    drop.close();
    grid.clear();
    forget();
  }

  private void forget() {
    for (char[] share : given) {
      Arrays.fill(share, '\0');
    }
    given.clear();
  }
}
