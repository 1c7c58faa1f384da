package org.trefoil.vault.screen;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.WrappedKey;
import org.trefoil.core.wire.PasskeyOpening;
import org.trefoil.core.wire.PasskeySalt;
import org.trefoil.custody.envelope.v1.Opened;
import org.trefoil.custody.envelope.v1.Wrapping;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.PrfOutput;
import org.trefoil.custody.slices.SlicedWork;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * Opens the user key with a passkey, which the page asks, and a PIN, which it never sees. The PIN
 * is taken before the passkey is asked, while the field is seen.
 */
final class PasskeyWay {
  private final Desk desk;
  private final KnownWallet wallet;
  private final Progress progress;
  private final Consumer<Opened> opened;
  private final Consumer<Refusal> refused;
  private final KnownSecret pin;

  /**
   * Draws nothing yet.
   *
   * @param refused says why not; the outbox knows already
   */
  PasskeyWay(
      Desk desk,
      KnownWallet wallet,
      Progress progress,
      Consumer<Opened> opened,
      Consumer<Refusal> refused,
      Runnable submit) {
    this.desk = desk;
    this.wallet = wallet;
    this.progress = progress;
    this.opened = opened;
    this.refused = refused;
    pin = new KnownSecret(desk, "pin", "PIN for your passkey", submit);
  }

  /** Whether the wallet has such a way. */
  static boolean isThere(KnownWallet wallet) {
    return !wallet.view().openings().isEmpty();
  }

  KnownSecret pin() {
    return pin;
  }

  /** Whether the passkey is asked now; else the field says why not. */
  boolean begin() {
    Passcode typed = pin.take();
    if (typed == null) {
      return false;
    }
    desk.askPasskey(
        wallet.view().openings().stream()
            .map(way -> new PasskeySalt(way.credential(), way.salt()))
            .toList(),
        new Desk.PasskeyWait() {
          @Override
          public void gave(String credential, PrfOutput output) {
            try (typed) {
              open(credential, typed, output);
            }
          }

          @Override
          public void failed(Refusal why) {
            typed.close();
            refuse(why);
          }

          @Override
          public void left() {
            typed.close();
          }
        });
    return true;
  }

  private void open(String credential, Passcode typed, PrfOutput output) {
    PasskeyOpening way = way(credential);
    if (way == null) {
      refuse(Refusal.of(Token.PASSKEY_SILENT));
      return;
    }
    SlicedWork<Opened> opening;
    try {
      opening =
          Wrapping.open(
              WrappedKey.parse(way.wrapped()),
              typed,
              output,
              wallet.wrapContext(way.credential(), way.salt()),
              wallet.sealed(),
              wallet.secondSlot(),
              wallet.binding());
    } catch (RefusedException e) {
      refuse(e.refusal());
      return;
    }
    desk.work("Opening the user key", opening, progress, opened, refused);
  }

  private @Nullable PasskeyOpening way(String credential) {
    for (PasskeyOpening way : wallet.view().openings()) {
      if (way.credential().equals(credential)) {
        return way;
      }
    }
    return null;
  }

  private void refuse(Refusal why) {
    desk.outbox().refused(why);
    refused.accept(why);
  }

  Piece box() {
    return pin.box();
  }
}
