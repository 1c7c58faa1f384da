package org.trefoil.vault.screen;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.envelope.v1.Opened;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.sign.Stater;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * Has keys of a wallet state something about its account: the backup key, from paper, where it is
 * asked, and the user key, opened with the passcode. What they state is drawn here first; it moves
 * no coins.
 */
final class ProveKeysScreen extends WalletScreen {
  private final KeyQuestion question;
  private final @Nullable String pin;
  private final AccountStatement statement;
  private @Nullable String backup;

  ProveKeysScreen(Desk desk, ToVault.ProveKeys task) {
    super(desk, task.question().wallet(), task.pin(), "This wallet is not used here");
    question = task.question();
    pin = task.pin();
    statement =
        new AccountStatement(
            question.purpose(),
            question.account(),
            question.subject(),
            question.challenge(),
            question.expires());
  }

  @Override
  void begin(KnownWallet wallet) {
    if (question.withBackup()) {
      askPaper(wallet);
    } else {
      askPasscode(wallet);
    }
  }

  /** What is stated, in words; a purpose that has none here is refused. */
  private Piece stated() {
    String text =
        switch (question.purpose()) {
          case AccountStatement.FACTOR_LOST ->
              "You state that the second factor of your account is lost, so that another one takes"
                  + " its place.";
          case AccountStatement.CHANGE_EMAIL ->
              "You state that your account is to have the e-mail address "
                  + question.subject()
                  + ".";
          default -> throw Refusal.of(Token.UNKNOWN_MESSAGE).exception();
        };
    return Piece.says(text + " Nothing about coins is signed.").testId("key-statement");
  }

  private void askPaper(KnownWallet wallet) {
    PaperKey paper =
        new PaperKey(
            desk,
            wallet,
            "Go on",
            "paper-submit",
            key -> {
              try (key) {
                backup = signed(key, wallet);
              }
              askPasscode(wallet);
            });
    desk.show(
        Desk.heading("Sheet A of " + wallet.view().name()),
        stated(),
        paper.box(),
        Piece.of("div", "actions").add(paper.submitButton(), paper.otherButton()));
    paper.focus();
  }

  private void askPasscode(KnownWallet wallet) {
    PasscodePrompt prompt =
        new PasscodePrompt(desk, wallet, "Sign this", "vault-submit", key -> opened(wallet, key));
    desk.show(
        Desk.heading("Passcode of " + wallet.view().name()),
        stated(),
        prompt.box(),
        Piece.of("div", "actions").add(prompt.submitButton()));
    prompt.focus();
  }

  private void opened(KnownWallet wallet, Opened opened) {
    String user;
    try (opened;
        AccountKey key = opened.seed().account(wallet.cosigners().network())) {
      user = signed(key, wallet);
    }
    if (pin == null) {
      desk.outbox().send(new FromVault.Pinned(wallet.fingerprint()));
    }
    desk.outbox().send(new FromVault.KeysProved(user, backup));
    desk.sayFinally("Signed", Piece.says("good", "Done. The page goes on from here."));
  }

  private String signed(AccountKey key, KnownWallet wallet) {
    byte[] signature = Stater.aboutAccount(key, wallet.cosigners(), wallet.walletId(), statement);
    return MakePasswordScreen.base64(signature);
  }
}
