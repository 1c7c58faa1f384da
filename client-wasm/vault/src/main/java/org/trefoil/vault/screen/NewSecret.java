package org.trefoil.vault.screen;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Strength;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.SecretField;
import org.trefoil.vault.view.StrengthMeter;

/** A new passcode, password or PIN, typed twice, with a meter. */
final class NewSecret {
  private final SecretField first;
  private final SecretField again;
  private final StrengthMeter meter;
  private final Token mismatch;
  private final Desk desk;
  private final Runnable submit;

  private NewSecret(
      Desk desk,
      String id,
      String name,
      StrengthMeter.Judge judge,
      Token mismatch,
      Runnable submit) {
    this.desk = desk;
    this.submit = submit;
    first = new SecretField(id, name, "new-password");
    meter = new StrengthMeter(first, judge);
    again = new SecretField(id + "-again", "The same again", "new-password");
    again.onEnter(submit);
    this.mismatch = mismatch;
  }

  static NewSecret passcode(Desk desk, List<String> context, Runnable submit) {
    return passcode(desk, "passcode", "Passcode", context, submit);
  }

  static NewSecret secondPasscode(Desk desk, List<String> context, Runnable submit) {
    return passcode(desk, "second-passcode", "Second passcode", context, submit);
  }

  private static NewSecret passcode(
      Desk desk, String id, String name, List<String> context, Runnable submit) {
    return new NewSecret(
        desk,
        id,
        name,
        typed -> Strength.ofPasscode(typed, context),
        Token.PASSCODE_MISMATCH,
        submit);
  }

  static NewSecret pin(Desk desk, List<String> context, Runnable submit) {
    return new NewSecret(
        desk,
        "pin",
        "PIN for your passkey",
        typed -> Strength.ofPin(typed, context),
        Token.PIN_MISMATCH,
        submit);
  }

  static NewSecret password(Desk desk, String name, List<String> context, Runnable submit) {
    return new NewSecret(
        desk,
        "password",
        name,
        typed -> Strength.ofPassword(typed, context),
        Token.PASSWORD_MISMATCH,
        submit);
  }

  Piece box() {
    return Piece.of("div").add(first.box(), again.box());
  }

  SecretField first() {
    return first;
  }

  /**
   * What was typed, out of the fields; null after saying beside a field why not, or while it is
   * scrolled to.
   */
  @Nullable Passcode take() {
    if (!first.seen() && !again.seen()) {
      return first.seek(submit) ? null : refuse(first, Refusal.of(Token.VAULT_COVERED));
    }
    Refusal weak = meter.refusal();
    if (weak != null) {
      return refuse(first, weak);
    }
    char[] typed = first.peek();
    char[] repeated = again.peek();
    try {
      if (!Arrays.equals(typed, repeated)) {
        return refuse(again, Refusal.of(mismatch));
      }
      Passcode secret = Passcode.typed(typed);
      first.set("");
      again.set("");
      return secret;
    } catch (RefusedException e) {
      return refuse(first, e.refusal());
    } finally {
      Arrays.fill(typed, '\0');
      Arrays.fill(repeated, '\0');
    }
  }

  private @Nullable Passcode refuse(SecretField field, Refusal why) {
    desk.outbox().refused(why);
    field.refuse(why);
    return null;
  }
}
