package org.trefoil.vault.screen;

import java.util.Base64;
import java.util.List;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.Kdf;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.PasswordProof;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;

/** Takes a new account password; only its proof leaves. */
final class MakePasswordScreen implements Screen {
  private final Desk desk;
  private final NewSecret secret;
  private final Progress progress = new Progress("password-progress");
  private final Piece submit;

  MakePasswordScreen(Desk desk, ToVault.MakePassword task) {
    this.desk = desk;
    Runnable go = desk.safely(this::submit);
    secret = NewSecret.password(desk, "Password", List.of(task.email()), go);
    submit = Piece.button("Use this password", "vault-submit", go);
  }

  @Override
  public void begin() {
    desk.show(
        Desk.heading("Choose a password"),
        Piece.says("soft", "It signs you in. The server never sees it, only a proof made from it."),
        Piece.of("div", "narrow").add(secret.box(), progress.box()),
        Piece.of("div", "actions").add(submit));
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
          PasswordProof.make(password, desk.entropy(), Stretch.Params.FLOOR),
          progress,
          this::made,
          why -> submit.enable(true));
    }
  }

  private void made(PasswordProof proof) {
    desk.outbox()
        .send(
            new FromVault.PasswordMade(
                base64(proof.salt()), kdf(proof.params()), base64(proof.proof())));
    desk.sayFinally("Password set", Piece.says("good", "Done. The page goes on from here."));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static Kdf kdf(Stretch.Params params) {
    return new Kdf(params.memoryKiB(), params.iterations(), params.parallelism());
  }

  static Stretch.Params params(Kdf kdf) {
    return new Stretch.Params(kdf.memoryKiB(), kdf.iterations(), kdf.parallelism());
  }
}
