package org.trefoil.vault.screen;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.custody.envelope.v1.Marker;
import org.trefoil.custody.envelope.v1.Opened;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * Asks for one of the two keys that a person has: the user key by its passcode, or the backup key
 * from paper, unless that key is cold.
 */
final class EitherKey {
  private final Desk desk;
  private final KnownWallet wallet;
  private final BiConsumer<AccountKey, @Nullable Marker> opened;
  private final PasscodePrompt prompt;
  private final PaperKey paper;
  private final Piece box = Piece.of("div");
  private boolean byPaper;

  /**
   * Draws nothing yet.
   *
   * @param byPaper which way is offered first
   * @param opened gets the key, and what marks it where a passcode opened it; closes both
   */
  EitherKey(
      Desk desk,
      KnownWallet wallet,
      String button,
      String testId,
      boolean byPaper,
      BiConsumer<AccountKey, @Nullable Marker> opened) {
    this.desk = desk;
    this.wallet = wallet;
    this.opened = opened;
    this.byPaper = byPaper && !wallet.view().backupIsCold();
    prompt = new PasscodePrompt(desk, wallet, button, testId, this::fromSlot);
    paper = new PaperKey(desk, wallet, button, testId, key -> opened.accept(key, null));
    draw();
  }

  Piece box() {
    return box;
  }

  /** Shown while a passcode is stretched, or a transaction signed. */
  Progress progress() {
    return prompt.progress();
  }

  void focus() {
    if (byPaper) {
      paper.focus();
    } else {
      prompt.focus();
    }
  }

  /** Says why not, where the person gave the key. */
  void refuse(Refusal why) {
    if (byPaper) {
      paper.refuse(why);
    } else {
      prompt.refuse(why);
    }
  }

  private void draw() {
    Piece other =
        Piece.button(
                byPaper ? "I know the passcode" : "I lost the passcode, and have sheet A",
                "other-way",
                desk.safely(
                    () -> {
                      byPaper = !byPaper;
                      paper.clear();
                      draw();
                      focus();
                    }))
            .looks("quiet")
            .show(!wallet.view().backupIsCold());
    if (byPaper) {
      box.hold(
          Piece.says("soft", "The sheet carries these key set words as well:"),
          Piece.says("words", String.join(" ", wallet.cosigners().words())),
          paper.box(),
          Piece.of("div", "narrow").add(progress().box()),
          Piece.of("div", "actions").add(paper.submitButton(), paper.otherButton(), other));
    } else {
      box.hold(prompt.box(), Piece.of("div", "actions").add(prompt.submitButton(), other));
    }
  }

  private void fromSlot(Opened slot) {
    AccountKey key;
    try (UserSeed seed = slot.seed()) {
      key = seed.account(wallet.cosigners().network());
    }
    opened.accept(key, slot.marker());
  }
}
