package org.trefoil.vault.screen;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.SecretField;

/** A passcode or password that the person knows already. */
public final class KnownSecret {
  private final Desk desk;
  private final SecretField field;
  private final Runnable submit;

  public KnownSecret(Desk desk, String id, String name, Runnable submit) {
    this.desk = desk;
    this.submit = submit;
    field = new SecretField(id, name, "current-password");
    field.onEnter(submit);
  }

  public Piece box() {
    return field.box();
  }

  public SecretField field() {
    return field;
  }

  /**
   * What was typed, out of the field; null after saying why not, or while a field out of sight is
   * scrolled to.
   */
  public @Nullable Passcode take() {
    if (!field.seen()) {
      return field.seek(submit) ? null : refuse(Refusal.of(Token.VAULT_COVERED));
    }
    if (field.isEmpty()) {
      field.input().focus();
      return null;
    }
    char[] typed = field.take();
    try {
      return Passcode.typed(typed);
    } catch (RefusedException e) {
      return refuse(e.refusal());
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private @Nullable Passcode refuse(Refusal why) {
    desk.outbox().refused(why);
    field.refuse(why);
    return null;
  }
}
