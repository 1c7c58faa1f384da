package org.trefoil.server.app;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.trefoil.core.wire.FactorCode;
import org.trefoil.core.wire.KnownPasskeys;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.NewPasskeyQuestion;
import org.trefoil.core.wire.NewPasskeyRequest;
import org.trefoil.core.wire.OpeningRequest;
import org.trefoil.core.wire.PasskeyAnswer;
import org.trefoil.core.wire.PasskeyChange;
import org.trefoil.core.wire.PasskeyQuestion;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.Accounts;
import org.trefoil.server.account.Devices;
import org.trefoil.server.http.Services;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.NewCredential;
import org.trefoil.server.passkey.Passkey;
import org.trefoil.server.passkey.PasskeyAges;
import org.trefoil.server.passkey.PasskeyQuestions;
import org.trefoil.server.passkey.Passkeys;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.wallets.Openings;

/** Passkeys as the door sees them; each change of them takes a fresh second factor. */
record PasskeysView(
    Passkeys passkeys,
    PasskeyAges ages,
    Openings openings,
    SecondFactors factors,
    Sends sends,
    Accounts accounts,
    Devices devices,
    Supplier<String> address)
    implements org.trefoil.server.http.Passkeys {
  @Override
  public List<Line> list(String accountId) {
    List<Passkey> known = passkeys.list(accountId);
    Map<String, Instant> young = ages.young(accountId, known);
    return known.stream().map(passkey -> line(passkey, young)).toList();
  }

  private static Line line(Passkey passkey, Map<String, Instant> young) {
    Instant from = young.get(base64(passkey.publicKey()));
    Instant used = passkey.lastUsedAt();
    return new Line(
        passkey.passkeyId(),
        passkey.name(),
        passkey.backupEligible(),
        passkey.signsIn(),
        passkey.createdAt().getEpochSecond(),
        used == null ? null : (Long) used.getEpochSecond(),
        from == null ? null : (Long) from.getEpochSecond());
  }

  @Override
  public boolean leavesLate() {
    return ages.leavesLate();
  }

  @Override
  public String origin() {
    return address.get();
  }

  @Override
  public PasskeyQuestion askStepUp(String accountId) {
    return asked(passkeys.questions().askStepUp(accountId));
  }

  @Override
  public FactorCode answerStepUp(String accountId, PasskeyAnswer answer) {
    return new FactorCode(passkeys.questions().answerStepUp(accountId, assertion(answer)));
  }

  @Override
  public PasskeyQuestion askSignIn() {
    return asked(passkeys.questions().askSignIn());
  }

  @Override
  public String signIn(PasskeyAnswer answer) {
    return passkeys.questions().answerSignIn(assertion(answer));
  }

  @Override
  public PasskeyQuestion askSend(String accountId, String walletId, String sendId) {
    return asked(sends.asking().ask(accountId, walletId, sendId));
  }

  @Override
  public SendView confirm(
      String accountId,
      String walletId,
      String sendId,
      PasskeyAnswer answer,
      Services.Whence whence) {
    GivenFactor given = new GivenFactor.Signed(assertion(answer));
    return sends.confirm(
        accountId, walletId, sendId, given, HttpServices.whence(devices, accountId, whence));
  }

  @Override
  public PasskeyQuestion askVote(String accountId, String walletId, String sendId) {
    return asked(sends.asking().askVote(accountId, walletId, sendId));
  }

  @Override
  public void approve(String accountId, String walletId, String sendId, PasskeyAnswer answer) {
    GivenFactor given = new GivenFactor.Signed(assertion(answer));
    sends.approving().approve(accountId, walletId, sendId, given);
  }

  @Override
  public NewPasskeyQuestion begin(String accountId, String code) {
    factors.useToAddPasskey(accountId, code).orRefuse();
    Passkeys.Making making = passkeys.begin(accountId);
    return new NewPasskeyQuestion(
        base64(making.challenge()),
        making.siteId(),
        base64(HexFormat.of().parseHex(accountId)),
        accounts.find(accountId).map(Account::email).orElse(""),
        making.known().stream().map(PasskeysView::base64).toList());
  }

  @Override
  public void add(String accountId, String token, NewPasskeyRequest made) {
    NewCredential credential =
        new NewCredential(bytes(made.clientData()), bytes(made.attestation()), made.transports());
    passkeys.add(accountId, made.name(), credential, token);
  }

  @Override
  public void change(String accountId, String passkeyId, PasskeyChange change, String token) {
    factors.use(accountId, change.code()).orRefuse();
    passkeys.change(accountId, passkeyId, change.name(), change.signsIn(), token);
  }

  @Override
  public PasskeyQuestion askVouch(String accountId, String passkeyId) {
    return asked(passkeys.askVouch(accountId, passkeyId));
  }

  @Override
  public void vouch(String accountId, String passkeyId, PasskeyAnswer answer) {
    passkeys.vouch(accountId, passkeyId, assertion(answer), ages);
  }

  @Override
  public void remove(String accountId, String passkeyId, String code, String token) {
    factors.useToRemovePasskey(accountId, code).orRefuse();
    passkeys.remove(accountId, passkeyId, token);
  }

  @Override
  public KnownPasskeys known(String accountId) {
    return new KnownPasskeys(
        passkeys.site().id(),
        passkeys.list(accountId).stream().map(PasskeysView::candidate).toList());
  }

  @Override
  public List<Opening> openings(String accountId, String walletId) {
    return openings.list(accountId, walletId).stream()
        .map(
            one ->
                new Opening(
                    one.passkey().passkeyId(),
                    one.passkey().name(),
                    one.createdAt().getEpochSecond()))
        .toList();
  }

  @Override
  public WalletView opened(String accountId, WalletView wallet) {
    return wallet.role() == MemberRole.OWNER
        ? wallet.with(
            openings.list(accountId, wallet.walletId()).stream()
                .map(Openings.Opening::way)
                .toList())
        : wallet;
  }

  @Override
  public void addOpening(String accountId, String walletId, OpeningRequest request) {
    openings.add(accountId, walletId, request);
  }

  @Override
  public void removeOpening(String accountId, String walletId, String passkeyId, String code) {
    openings.remove(accountId, walletId, passkeyId, code);
  }

  private static PasskeyQuestion.Candidate candidate(Passkey passkey) {
    return new PasskeyQuestion.Candidate(base64(passkey.credentialId()), passkey.transports());
  }

  private static PasskeyQuestion asked(PasskeyQuestions.Asked asked) {
    return new PasskeyQuestion(
        base64(asked.challenge()),
        asked.siteId(),
        asked.passkeys().stream().map(PasskeysView::candidate).toList());
  }

  private static Assertion assertion(PasskeyAnswer answer) {
    return new Assertion(
        bytes(answer.credential()),
        bytes(answer.clientData()),
        bytes(answer.authenticatorData()),
        bytes(answer.signature()));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
