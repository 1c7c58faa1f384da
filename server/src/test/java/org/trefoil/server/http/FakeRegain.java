package org.trefoil.server.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.ChangeEmailRequest;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.LostFactorRequest;
import org.trefoil.core.wire.NewEmailRequest;
import org.trefoil.core.wire.NewPasswordRequest;
import org.trefoil.core.wire.ProvedKeysRequest;

/** The ways back of a {@link FakeHouse}: one link, which is good for everything. */
final class FakeRegain implements Regain {
  static final String LINK = "ab".repeat(32);

  private final FakeHouse house;

  FakeRegain(FakeHouse house) {
    this.house = house;
  }

  static void refuseOther(String link) {
    if (!link.equals(LINK)) {
      throw Refusal.of(Token.LINK_DEAD).exception();
    }
  }

  private KeyQuestion question(String accountId, String purpose, String subject) {
    return new KeyQuestion(
        house.services().wallets().view(accountId, FakeHouse.WALLET),
        purpose,
        accountId,
        subject,
        "00ff",
        1,
        true);
  }

  @Override
  public boolean mails() {
    return house.mails;
  }

  @Override
  public void forgot(String email) {
    house.changed("forgot");
  }

  @Override
  public boolean asksCode(String token) {
    refuseOther(token);
    return true;
  }

  @Override
  public String email(String token) {
    return "ada@example.org";
  }

  @Override
  public String giveCode(String token, String code) {
    refuseOther(token);
    house.changed("code for a link");
    return LINK;
  }

  @Override
  public void newPassword(NewPasswordRequest request) {
    house.changed("new password");
  }

  @Override
  public @Nullable Pending pending(String accountId) {
    return house.waits ? new Pending(1_795_234_000L, 1_795_493_200L, false) : null;
  }

  @Override
  public List<Speaker> speakers(String accountId) {
    return accountId.equals(FakeHouse.ADA)
        ? List.of(new Speaker(FakeHouse.WALLET, "Savings", true, true))
        : List.of();
  }

  @Override
  public boolean keysAlone(String accountId) {
    return house.keysAlone;
  }

  @Override
  public long waitHours() {
    return 72;
  }

  @Override
  public KeyQuestion factorLost(String accountId, LostFactorRequest request) {
    return question(accountId, "factor-lost", "");
  }

  @Override
  public @Nullable String keys(String accountId, ProvedKeysRequest request) {
    house.changed("keys");
    return LINK;
  }

  @Override
  public void factorLostWithoutKeys(String accountId) {
    house.changed("wait");
  }

  @Override
  public void cancelFactor(String accountId) {
    house.changed("cancel factor");
  }

  @Override
  public Services.Enrolment newFactor(String accountId, String token) {
    refuseOther(token);
    return house.services().factors().begin(accountId);
  }

  @Override
  public Regained newFactor(String accountId, String token, String code, String sessionToken) {
    refuseOther(token);
    house.changed("new factor");
    return new Regained(List.of("abcd-efgh-2345-67z1"), house.signedIn(accountId, true));
  }

  @Override
  public @Nullable String pendingEmail(String accountId) {
    return "<new>@example.org";
  }

  @Override
  public KeyQuestion newEmail(String accountId, NewEmailRequest request) {
    return question(accountId, "change-email", request.email());
  }

  @Override
  public void changeEmail(String accountId, ChangeEmailRequest request) {
    house.changed("e-mail asked");
  }

  @Override
  public String newEmail(String token) {
    refuseOther(token);
    return "<new>@example.org";
  }

  @Override
  public void confirmEmail(String token, String sessionToken) {
    refuseOther(token);
    house.changed("e-mail");
  }

  @Override
  public void cancelEmail(String accountId) {
    house.changed("cancel e-mail");
  }

  @Override
  public void lookAtCancel(String link) {
    refuseOther(link);
  }

  @Override
  public void cancel(String link) {
    refuseOther(link);
    house.changed("cancel");
  }

  @Override
  public boolean showsMail() {
    return true;
  }

  @Override
  public List<Letter> mail(@Nullable String accountId) {
    return List.of(
        new Letter(
            "ada@example.org",
            "A <new> password",
            List.of(new Line("Open", null), new Line("this page", "/new-password/" + LINK)),
            1_795_234_000L));
  }
}
