package org.trefoil.server.http;

import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.FactorCode;
import org.trefoil.core.wire.KnownPasskeys;
import org.trefoil.core.wire.NewPasskeyQuestion;
import org.trefoil.core.wire.NewPasskeyRequest;
import org.trefoil.core.wire.OpeningRequest;
import org.trefoil.core.wire.PasskeyAnswer;
import org.trefoil.core.wire.PasskeyChange;
import org.trefoil.core.wire.PasskeyQuestion;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.WalletView;

/** Ada's one passkey; the code is 123456, and the credential that answers is AAAA. */
record FakePasskeys(FakeHouse house) implements Passkeys {
  static final String KEY = "ca5e";

  private static final PasskeyQuestion QUESTION =
      new PasskeyQuestion(
          FakeHouse.PROOF,
          "localhost",
          List.of(new PasskeyQuestion.Candidate("AAAA", List.of("usb"))));

  @Override
  public List<Line> list(String accountId) {
    return accountId.equals(FakeHouse.ADA)
        ? List.of(
            new Line(
                KEY, "Phone", true, true, FakeHouse.NOW, FakeHouse.NOW, house.passkeyCountsFrom))
        : List.of();
  }

  @Override
  public boolean leavesLate() {
    return house.signer;
  }

  @Override
  public String origin() {
    return "http://localhost:8080";
  }

  @Override
  public PasskeyQuestion askStepUp(String accountId) {
    house.changed("ask step-up");
    return QUESTION;
  }

  @Override
  public FactorCode answerStepUp(String accountId, PasskeyAnswer answer) {
    good(answer);
    house.changed("step up");
    return new FactorCode(FakeHouse.CODE);
  }

  @Override
  public PasskeyQuestion askSignIn() {
    house.changed("ask sign-in");
    return QUESTION;
  }

  @Override
  public String signIn(PasskeyAnswer answer) {
    good(answer);
    return FakeHouse.ADA;
  }

  @Override
  public PasskeyQuestion askSend(String accountId, String walletId, String sendId) {
    house.services().sends().view(accountId, walletId, sendId);
    house.changed("ask send");
    return QUESTION;
  }

  @Override
  public SendView confirm(
      String accountId,
      String walletId,
      String sendId,
      PasskeyAnswer answer,
      Services.Whence whence) {
    SendView send = house.services().sends().view(accountId, walletId, sendId);
    good(answer);
    house.changed("confirm by passkey");
    return send;
  }

  @Override
  public PasskeyQuestion askVote(String accountId, String walletId, String sendId) {
    return askSend(accountId, walletId, sendId);
  }

  @Override
  public void approve(String accountId, String walletId, String sendId, PasskeyAnswer answer) {
    house.services().sends().view(accountId, walletId, sendId);
    good(answer);
    house.changed("yes by passkey");
  }

  @Override
  public NewPasskeyQuestion begin(String accountId, String code) {
    house.services().factors().use(accountId, code);
    house.changed("begin passkey");
    return new NewPasskeyQuestion(FakeHouse.PROOF, "localhost", "AAAA", "a@b.c", List.of("AAAA"));
  }

  @Override
  public void add(String accountId, String token, NewPasskeyRequest made) {
    house.changed("add passkey");
  }

  @Override
  public void change(String accountId, String passkeyId, PasskeyChange change, String token) {
    house.services().factors().use(accountId, change.code());
    own(accountId, passkeyId);
    house.changed("change passkey");
  }

  @Override
  public PasskeyQuestion askVouch(String accountId, String passkeyId) {
    own(accountId, passkeyId);
    house.changed("ask vouch");
    return QUESTION;
  }

  @Override
  public void vouch(String accountId, String passkeyId, PasskeyAnswer answer) {
    own(accountId, passkeyId);
    good(answer);
    house.changed("vouch");
  }

  @Override
  public void remove(String accountId, String passkeyId, String code, String token) {
    house.services().factors().use(accountId, code);
    own(accountId, passkeyId);
    house.changed("remove passkey");
  }

  @Override
  public KnownPasskeys known(String accountId) {
    return new KnownPasskeys(QUESTION.site(), QUESTION.passkeys());
  }

  @Override
  public List<Opening> openings(String accountId, String walletId) {
    house.services().wallets().view(accountId, walletId);
    return List.of(new Opening(KEY, "Phone", FakeHouse.NOW));
  }

  @Override
  public WalletView opened(String accountId, WalletView wallet) {
    return wallet;
  }

  @Override
  public void addOpening(String accountId, String walletId, OpeningRequest request) {
    house.services().wallets().view(accountId, walletId);
    house.changed("add opening");
  }

  @Override
  public void removeOpening(String accountId, String walletId, String passkeyId, String code) {
    house.services().wallets().view(accountId, walletId);
    own(accountId, passkeyId);
    house.changed("remove opening");
  }

  private static void own(String accountId, String passkeyId) {
    if (!accountId.equals(FakeHouse.ADA) || !passkeyId.equals(KEY)) {
      throw Refusal.of(Token.NOT_FOUND).exception();
    }
  }

  private static void good(PasskeyAnswer answer) {
    if (!answer.credential().equals("AAAA")) {
      throw Refusal.of(Token.PASSKEY_REFUSED).exception();
    }
  }
}
