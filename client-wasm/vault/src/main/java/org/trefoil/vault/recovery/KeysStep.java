package org.trefoil.vault.recovery;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.custody.recover.OpenedKey;
import org.trefoil.custody.recover.Signed;
import org.trefoil.custody.recover.Signing;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;

/** What will be signed, as it is drawn from the transaction; then the keys that sign it. */
final class KeysStep {
  private final Desk desk;
  private final Wallet wallet;
  private final CheckedSpend spend;
  private final Piece drawn;
  private final Runnable back;
  private final List<KeyRole> signedBefore;
  private final List<OpenedKey> keys = new ArrayList<>();
  private final Piece list = Piece.of("ul", "coins").testId("keys");
  private final Piece form = Piece.of("div");
  private final Progress progress = new Progress("keys-progress");
  private final Piece sign;
  private final Piece leave;

  /**
   * Draws nothing yet.
   *
   * @param signedBefore who signed it elsewhere
   */
  KeysStep(
      Desk desk,
      Wallet wallet,
      CheckedSpend spend,
      Piece drawn,
      List<KeyRole> signedBefore,
      Runnable back) {
    this.desk = desk;
    this.wallet = wallet;
    this.spend = spend;
    this.drawn = drawn;
    this.signedBefore = signedBefore;
    this.back = back;
    sign = Piece.button("Sign", "sign", desk.safely(this::sign));
    leave = Piece.button("Change it", "review-back", desk.safely(this::leave)).looks("quiet");
  }

  void show() {
    desk.show(
        Desk.heading("Is this right?"),
        Piece.says("soft", "This is drawn from the transaction that the keys will sign."),
        drawn,
        Piece.of("h2").text("Keys"),
        list,
        form,
        progress.box(),
        Piece.of("div", "actions").add(sign, leave));
    look();
    useWhatWasRead();
  }

  /** Keys that are among what was read off the sheets need not be typed. */
  private void useWhatWasRead() {
    char[] words = wallet.papers().takeWords();
    if (words != null) {
      WordsForm.open(desk, wallet, words, progress, this::opened, this::refused);
    } else if (wallet.papers().shares() > 0 && !has(KeyRole.BACKUP)) {
      openShares();
    }
  }

  /** Shows who signs, and asks for who is missing. */
  private void look() {
    list.hold();
    for (CosignerKey key : wallet.cosigners().keys()) {
      list.add(
          Piece.of("li")
              .testId("key-" + key.role().id())
              .add(
                  Piece.of("span").text(name(key.role())),
                  Piece.of("span", "soft").text(state(key.role()))));
    }
    int missing = missing();
    sign.looks(missing > 0 ? "quiet" : "");
    sign.text(
        missing == 0
            ? "Sign"
            : keys.isEmpty() ? "Take it to keys elsewhere" : "Sign with this key only");
    form.hold();
    if (missing > 0) {
      form.hold(choices());
    }
  }

  private Piece choices() {
    return Piece.of("div", "choices")
        .add(
            desk.choice(
                    "open-sealed",
                    "Sheet B and the passcode",
                    "Opens the sealed user key.",
                    () -> new SealedForm(desk, wallet, form, this::opened, this::look).show())
                .show(!has(KeyRole.USER)),
            desk.choice(
                "open-words",
                "24 words",
                "Of sheet A, or of any other key of this wallet.",
                () -> new WordsForm(desk, wallet, form, this::opened, this::look).show()),
            desk.choice(
                    "open-shares",
                    "Sheets A1, A2 …",
                    "The shares of a backup key that was split over several sheets.",
                    this::openShares)
                .show(!has(KeyRole.BACKUP)));
  }

  private void openShares() {
    new ShareSheets(desk, wallet, form, this::opened, this::look).show();
  }

  private static String name(KeyRole role) {
    return switch (role) {
      case USER -> "User key";
      case BACKUP -> "Backup key";
      case OWNER_1, OWNER_2, OWNER_3, OWNER_4, OWNER_5 -> role.ownerName();
      case SERVER -> "Server key";
    };
  }

  private String state(KeyRole role) {
    if (signedBefore.contains(role)) {
      return "has signed";
    }
    return has(role) ? "open: it will sign" : missing() > 0 ? "not here" : "not needed";
  }

  private boolean has(KeyRole role) {
    boolean has = signedBefore.contains(role);
    for (OpenedKey key : keys) {
      has |= key.role() == role;
    }
    return has;
  }

  private int missing() {
    int most = wallet.cosigners().threshold() - signedBefore.size();
    return Math.max(0, most - keys.size());
  }

  private void opened(OpenedKey key) {
    if (has(key.role())) {
      key.close();
    } else {
      keys.add(key);
    }
    look();
    if (missing() > 0) {
      useWhatWasRead();
    }
  }

  private void refused(Refusal why) {
    desk.outbox().refused(why);
    form.hold(Desk.alert(why), choices());
  }

  private void sign() {
    sign.enable(false);
    leave.enable(false);
    desk.work("Signing", Signing.begin(spend, keys), progress, this::signed, this::notSigned);
  }

  private void notSigned(Refusal why) {
    sign.enable(true);
    leave.enable(true);
    form.hold(Desk.alert(why));
  }

  private void signed(Signed signed) {
    closeKeys();
    new SignedStep(desk, spend, signed, back).show();
  }

  private void leave() {
    closeKeys();
    back.run();
  }

  private void closeKeys() {
    for (OpenedKey key : keys) {
      key.close();
    }
    keys.clear();
  }
}
