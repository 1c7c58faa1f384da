package org.trefoil.vault.screen;

import java.util.Base64;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.PasswordProof;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;
import org.trefoil.vault.view.SecretField;

/** Takes the old account password and a new one; only their proofs leave. */
final class ChangePasswordScreen implements Screen {
  private final Desk desk;
  private final ToVault.ChangePassword task;
  private final KnownSecret old;
  private final NewSecret secret;
  private final Progress progress = new Progress("password-progress");
  private final Piece submit;

  ChangePasswordScreen(Desk desk, ToVault.ChangePassword task) {
    this.desk = desk;
    this.task = task;
    Runnable go = desk.safely(this::submit);
    old = new KnownSecret(desk, "old-password", "Present password", go);
    secret = NewSecret.password(desk, "New password", List.of(task.email()), go);
    submit = Piece.button("Change the password", "vault-submit", go);
  }

  @Override
  public void begin() {
    desk.show(
        Desk.heading("Change your password"),
        Piece.says(
            "soft", "The passcodes of your wallets stay as they are: they are another secret."),
        Piece.of("div", "narrow").add(old.box(), secret.box(), progress.box()),
        Piece.of("div", "actions").add(submit));
    old.field().input().focus();
  }

  private void submit() {
    if (old.field().isEmpty()) {
      old.field().input().focus();
      return;
    }
    Passcode fresh = secret.take();
    if (fresh == null) {
      return;
    }
    Passcode present = old.take();
    if (present == null) {
      fresh.close();
      return;
    }
    submit.enable(false);
    try (present) {
      desk.work(
          "Stretching the present password",
          PasswordProof.prove(
              present,
              Base64.getDecoder().decode(task.salt()),
              MakePasswordScreen.params(task.kdf())),
          progress,
          proof -> proveNew(proof, fresh),
          why -> {
            fresh.close();
            refuse(old.field(), why);
          },
          fresh::close);
    } catch (RuntimeException e) {
      fresh.close();
      throw e;
    }
  }

  private void refuse(SecretField field, Refusal why) {
    submit.enable(true);
    field.refuse(why);
  }

  private void proveNew(PasswordProof present, Passcode fresh) {
    try (fresh) {
      desk.work(
          "Stretching the new password",
          PasswordProof.make(fresh, desk.entropy(), Stretch.Params.FLOOR),
          progress,
          proof -> changed(present, proof),
          why -> refuse(secret.first(), why));
    }
  }

  private void changed(PasswordProof present, PasswordProof fresh) {
    desk.outbox()
        .send(
            new FromVault.PasswordChanged(
                MakePasswordScreen.base64(present.proof()),
                MakePasswordScreen.base64(fresh.salt()),
                MakePasswordScreen.kdf(fresh.params()),
                MakePasswordScreen.base64(fresh.proof())));
    desk.sayFinally("New password ready", Piece.says("soft", "The page goes on from here."));
  }
}
