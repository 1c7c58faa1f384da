package org.trefoil.server.app;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.ChangeEmailRequest;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.LostFactorRequest;
import org.trefoil.core.wire.NewEmailRequest;
import org.trefoil.core.wire.NewPasswordRequest;
import org.trefoil.core.wire.ProvedKeysRequest;
import org.trefoil.server.account.Session;
import org.trefoil.server.account.Sessions;
import org.trefoil.server.http.Regain;
import org.trefoil.server.http.Services;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.regain.FactorResets;
import org.trefoil.server.regain.KeyQuestions;
import org.trefoil.server.regain.WaysBack;
import org.trefoil.server.secondfactor.Enrolment;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.wallets.WalletRecord;

/** The ways back as the door sees them: only translation happens here. */
record WaysBackView(WaysBack ways, Sessions sessions, Sends sends, Mailroom post)
    implements Regain {
  @Override
  public boolean mails() {
    return post.reachesPeople();
  }

  @Override
  public void forgot(String email) {
    ways.forgot(email);
  }

  @Override
  public boolean asksCode(String token) {
    return ways.passwords().asksCode(token);
  }

  @Override
  public String email(String token) {
    return ways.passwords().email(token);
  }

  @Override
  public String giveCode(String token, String code) {
    return ways.passwords().giveCode(token, code);
  }

  @Override
  public void newPassword(NewPasswordRequest request) {
    ways.passwords().set(request);
  }

  @Override
  public @Nullable Pending pending(String accountId) {
    Optional<FactorResets.Pending> pending = ways.factors().pending(accountId);
    return pending
        .map(
            p ->
                new Pending(
                    p.startedAt().getEpochSecond(), p.readyAt().getEpochSecond(), p.ready()))
        .orElse(null);
  }

  @Override
  public List<Speaker> speakers(String accountId) {
    return ways.factors().speakers(accountId).stream().map(WaysBackView::speaker).toList();
  }

  private static Speaker speaker(KeyQuestions.Speaker speaker) {
    WalletRecord wallet = speaker.wallet();
    return new Speaker(wallet.walletId(), wallet.name(), speaker.atOnce(), !wallet.backupIsCold());
  }

  @Override
  public boolean keysAlone(String accountId) {
    return ways.factors().keysAlone(accountId);
  }

  @Override
  public long waitHours() {
    return ways.factors().waits().toHours();
  }

  @Override
  public KeyQuestion factorLost(String accountId, LostFactorRequest request) {
    return ways.factors().ask(accountId, request.wallet(), request.withBackup());
  }

  @Override
  public @Nullable String keys(String accountId, ProvedKeysRequest request) {
    return ways.factors().begin(accountId, request).orElse(null);
  }

  @Override
  public void factorLostWithoutKeys(String accountId) {
    ways.factors().beginByMail(accountId);
  }

  @Override
  public void cancelFactor(String accountId) {
    ways.factors().cancel(accountId);
  }

  @Override
  public Services.Enrolment newFactor(String accountId, String token) {
    Enrolment enrolment = ways.factors().enrolment(accountId, token);
    return new Services.Enrolment(enrolment.secret(), enrolment.uri());
  }

  @Override
  public Regained newFactor(String accountId, String token, String code, String sessionToken) {
    Session half =
        sessions.find(sessionToken).orElseThrow(() -> Refusal.of(Token.NOT_SIGNED_IN).exception());
    FactorResets.Done done = ways.factors().complete(accountId, token, code, half);
    sends.approving().factorReplaced(accountId);
    return new Regained(done.recovery(), done.session().token());
  }

  @Override
  public @Nullable String pendingEmail(String accountId) {
    return ways.emails().pending(accountId).orElse(null);
  }

  @Override
  public KeyQuestion newEmail(String accountId, NewEmailRequest request) {
    return ways.emails().ask(accountId, request.email(), request.wallet());
  }

  @Override
  public void changeEmail(String accountId, ChangeEmailRequest request) {
    ways.emails().begin(accountId, request);
  }

  @Override
  public String newEmail(String token) {
    return ways.emails().email(token);
  }

  @Override
  public void confirmEmail(String token, String sessionToken) {
    ways.emails().confirm(token, sessionToken);
  }

  @Override
  public void cancelEmail(String accountId) {
    ways.emails().cancel(accountId);
  }

  @Override
  public void lookAtCancel(String link) {
    ways.lookAtCancel(link);
  }

  @Override
  public void cancel(String link) {
    ways.cancel(link);
  }

  @Override
  public boolean showsMail() {
    return post.way() == Mailroom.Way.SHOWN;
  }

  @Override
  public List<Letter> mail(@Nullable String accountId) {
    return post.shown(accountId).stream()
        .map(
            mail ->
                new Letter(
                    mail.recipient(),
                    mail.subject(),
                    mail.text().lines().map(WaysBackView::line).toList(),
                    mail.createdAt().getEpochSecond()))
        .toList();
  }

  private static Line line(String text) {
    int host = text.indexOf("://");
    int path = host < 0 ? -1 : text.indexOf('/', host + 3);
    boolean link = path > 0 && text.startsWith("http") && text.indexOf(' ') < 0;
    return new Line(text, link ? text.substring(path) : null);
  }
}
