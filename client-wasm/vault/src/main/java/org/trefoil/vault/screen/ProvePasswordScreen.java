package org.trefoil.vault.screen;

import java.util.Base64;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.PasswordProof;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;

/** Takes the account password for signing in; only its proof leaves. */
final class ProvePasswordScreen implements Screen {
  private final Desk desk;
  private final ToVault.ProvePassword task;
  private final KnownSecret secret;
  private final Progress progress = new Progress("password-progress");
  private final Piece submit;

  ProvePasswordScreen(Desk desk, ToVault.ProvePassword task) {
    this.desk = desk;
    this.task = task;
    Runnable go = desk.safely(this::submit);
    secret = new KnownSecret(desk, "password", "Password", go);
    submit = Piece.button("Go on", "vault-submit", go);
  }

  @Override
  public void begin() {
    desk.show(
        Desk.heading("Your password"),
        Piece.of("div", "narrow").add(secret.box(), progress.box()),
        Piece.of("div", "actions").add(submit));
    secret.field().input().focus();
  }

  private void submit() {
    Passcode password = secret.take();
    if (password == null) {
      return;
    }
    submit.enable(false);
    try (password) {
      desk.work(
          "Stretching the password",
          PasswordProof.prove(
              password,
              Base64.getDecoder().decode(task.salt()),
              MakePasswordScreen.params(task.kdf())),
          progress,
          this::proved,
          why -> submit.enable(true));
    }
  }

  private void proved(PasswordProof proof) {
    desk.outbox().send(new FromVault.PasswordProved(MakePasswordScreen.base64(proof.proof())));
    desk.sayFinally("Password taken", Piece.says("soft", "The page goes on from here."));
  }
}
