package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Utf8;
import org.trefoil.core.wire.ChangeEmailRequest;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.account.Session;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.mail.Mail;
import org.trefoil.server.rules.HeadMarks;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.EveryCell;

/**
 * Whoever has one thing of Ada's and nothing else has nothing: he tries whatever it could be used
 * for, and an open session besides where that helps him.
 */
@Timeout(120)
class OneThingIsNotEnoughTest extends Thieves {
  private static final String ADA = "p1@example.org";

  /** Between these lengths lies whatever somebody could type or a link could hold. */
  private static final int LEAST = 10;

  private static final int MOST = 100;
  private static final int LONGEST_CODE = 24;
  private static final Pattern LINK = Pattern.compile("/[a-z-]+/([0-9a-f]{64})");

  private final TestVault strangers = new TestVault(66);
  private String sealed = "";

  @BeforeEach
  void remember() {
    sealed = Objects.requireNonNull(view(ada.walletId).sealed());
    house.rooms.address().servedOn(8080);
    addPasskey();
  }

  /** Everything is Ada's, and as it was. */
  private void nothingHappened() {
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    assertThat(house.practice.mempool()).isEmpty();
    assertThat(view(ada.walletId).state()).isEqualTo(WalletState.ACTIVE);
    assertThat(view(ada.walletId).balance().confirmed()).isEqualTo(1_000_000);
    assertThat(view(ada.walletId).sealed()).isEqualTo(sealed);
    assertThat(house.rooms.rulebook().version(ada.accountId, ada.walletId)).isZero();
    assertThat(house.rooms.passkeys().list(ada.accountId)).hasSize(1);
    assertThat(house.rooms.accounts().find(ada.accountId).orElseThrow().email()).isEqualTo(ADA);
    assertThat(house.rooms.accounts().signIn(ADA, TestHouse.proof(1))).isPresent();
    assertThat(house.rooms.factors().use(ada.accountId, ada.recovery.get(9))).isEqualTo(Verdict.OK);
  }

  @Test
  void passwordAndSecondFactorMoveNothingAndTakeNothingOver() {
    Thief thief = new Thief(strangers, KeyRole.USER, ada::code);
    assertThat(thief.addsPasskey()).startsWith("it worked"); // it is her second factor, and mailed
    assertThat(mailed()).contains("Your Trefoil account has a new passkey");
    assertThat(thief.removesPasskey()).startsWith("it worked");
    assertThat(thief.spends()).isEqualTo("signature-wrong");
    assertThat(thief.spendsByPasskey()).isEqualTo("signature-wrong");
    assertThat(thief.addsSignature()).isEqualTo("send-not-pending");
    assertThat(thief.signsRules()).isEqualTo("policy-wrong");
    assertThat(thief.replacesKeys()).isEqualTo("succession-wrong");
    assertThat(thief.changesPasscode()).isEqualTo("resealing-wrong");
    assertThat(thief.changesEmail()).isEqualTo("statement-wrong");
    ChangeEmailRequest byPassword =
        new ChangeEmailRequest(THIEFS, ada.code(), null, null, TestHouse.proof(1));
    assertThat(refusal(() -> house.rooms.waysBack().emails().begin(ada.accountId, byPassword)))
        .isEqualTo("keys-needed");
    assertThat(thief.resetsFactor(true)).isEqualTo("statement-wrong");
    assertThat(thief.resetsFactor(false)).isEqualTo("statement-wrong");
    assertThat(thief.readsPaperBack()).isEqualTo("statement-wrong");
    assertThat(thief.thaws()).startsWith("it worked"); // after two days, and Ada is told
    assertThat(mailed()).contains("A stopped wallet is to go on");
    nothingHappened();
  }

  @Test
  void sealedKeyAndPasscodeMoveNothingWithoutTheSecondFactorAndTakeNothingOver() {
    Thief thief = new Thief(ada.vault, KeyRole.USER, () -> NO_CODE);
    assertThat(thief.spendsAlone()).contains("script");
    assertThat(thief.addsSignature()).isEqualTo("send-not-pending");
    assertThat(thief.spends()).isEqualTo("code-wrong");
    assertThat(thief.spendsByPasskey()).isEqualTo("passkey-refused");
    assertThat(thief.addsPasskey()).isEqualTo("code-wrong");
    assertThat(thief.removesPasskey()).isEqualTo("code-wrong");
    assertThat(thief.replacesKeys()).isEqualTo("code-wrong");
    assertThat(thief.changesPasscode()).isEqualTo("code-wrong");
    assertThat(thief.changesEmail()).isEqualTo("code-wrong");
    assertThat(thief.resetsFactor(true)).isEqualTo("statement-wrong");
    assertThat(thief.readsPaperBack()).isEqualTo("statement-wrong");
    assertThat(thief.resetsFactor(false)).startsWith("it worked"); // it waits, and Ada is told
    house.rooms.waysBack().factors().cancel(ada.accountId);
    house.clock.forward(Duration.ofHours(73));
    house.rooms.waysBack().factors().lookAfter();
    assertThat(mailed()).doesNotContain("Your second factor can be replaced now");
    assertThat(thief.signsRules()).isEqualTo("code-wrong");
    assertThat(thief.thaws()).isEqualTo("code-wrong");
    house.rooms.chain().follower().catchUp();
    nothingHappened();
  }

  @Test
  void sheetAMovesNothingWithoutTheSecondFactorAndTakesNothingOver() {
    Thief thief = new Thief(ada.vault, KeyRole.BACKUP, () -> NO_CODE);
    assertThat(thief.spendsAlone()).contains("script");
    assertThat(thief.addsSignature()).isEqualTo("send-not-pending");
    assertThat(thief.spends()).isEqualTo("code-wrong");
    assertThat(thief.spendsByPasskey()).isEqualTo("passkey-refused");
    assertThat(thief.addsPasskey()).isEqualTo("code-wrong");
    assertThat(thief.removesPasskey()).isEqualTo("code-wrong");
    assertThat(thief.replacesKeys()).isEqualTo("code-wrong");
    assertThat(thief.changesPasscode()).isEqualTo("resealing-wrong");
    assertThat(thief.changesEmail()).isEqualTo("statement-wrong");
    assertThat(thief.resetsFactor(true)).isEqualTo("statement-wrong");
    assertThat(thief.resetsFactor(false)).isEqualTo("statement-wrong");
    assertThat(thief.signsRules()).isEqualTo("policy-wrong");
    assertThat(thief.thaws()).isEqualTo("code-wrong");
    nothingHappened();
  }

  /** He knows all that is printed on it; that it opens no envelope is {@code FoundSheetBTest}'s. */
  @Test
  void sheetBShowsTheWalletAndMovesNothing() {
    List<String> printed = new ArrayList<>();
    printed.add(sealed);
    printed.add(String.join(" ", SealedUserKey.parse(sealed).words()));
    printed.add(String.join(" ", ada.cosigners.words()));
    printed.add(ada.cosigners.descriptor());
    printed.add(ada.cosigners.address(Cosigners.RECEIVE, 0));
    for (CosignerKey key : ada.cosigners.keys()) {
      printed.add(key.expression());
      printed.add(key.xpub().base58());
      printed.add(key.origin().fingerprintHex());
    }
    printed.forEach(this::isOfNoUse);
    Thief thief = new Thief(strangers, KeyRole.USER, () -> NO_CODE);
    assertThat(thief.spendsAlone()).contains("script");
    assertThat(thief.spends()).isEqualTo("signature-wrong");
    assertThat(thief.spendsByPasskey()).isEqualTo("signature-wrong");
    assertThat(thief.addsSignature()).isEqualTo("send-not-pending");
    assertThat(thief.addsPasskey()).isEqualTo("code-wrong");
    assertThat(thief.removesPasskey()).isEqualTo("code-wrong");
    assertThat(thief.replacesKeys()).isEqualTo("succession-wrong");
    assertThat(thief.changesPasscode()).isEqualTo("resealing-wrong");
    assertThat(thief.changesEmail()).isEqualTo("statement-wrong");
    assertThat(thief.resetsFactor(true)).isEqualTo("statement-wrong");
    assertThat(thief.resetsFactor(false)).isEqualTo("statement-wrong");
    assertThat(thief.readsPaperBack()).isEqualTo("statement-wrong");
    assertThat(thief.signsRules()).isEqualTo("policy-wrong");
    assertThat(thief.thaws()).isEqualTo("code-wrong");
    nothingHappened();
  }

  @Test
  void theDatabaseHoldsNothingThatOpensAnything() {
    Thief ada = new Thief(this.ada.vault, KeyRole.USER, this.ada::code);
    assertThat(ada.changesEmail()).startsWith("it worked");
    assertThat(ada.resetsFactor(false)).startsWith("it worked");
    house.clock.forward(Duration.ofHours(72));
    house.rooms.waysBack().factors().lookAfter();
    Session session = house.rooms.sessions().open(this.ada.accountId, true, "Firefox", "");
    List<Object> cells = new EveryCell(house.foundation.database()).all();
    List<String> read = cells.stream().map(cell -> hex(bytes(cell))).toList();
    for (byte[] secret : secrets(session)) {
      assertThat(read).noneMatch(cell -> cell.contains(hex(secret)));
    }
    cells.stream()
        .filter(cell -> bytes(cell).length >= LEAST && bytes(cell).length <= MOST)
        .flatMap(cell -> spellings(cell).stream())
        .distinct()
        .forEach(this::isOfNoUse);
    KeyFile own = KeyFile.of(new byte[32]);
    assertThatThrownBy(
            () ->
                new Foundation(house.foundation.database(), own, HeadMarks.inMemory())
                    .refuseOtherKeyFile(Path.of("elsewhere")))
        .isInstanceOf(StartRefused.class);
    house.rooms.chain().follower().catchUp();
    nothingHappened();
  }

  private static byte[] bytes(Object cell) {
    return cell instanceof byte[] bytes ? bytes : Utf8.of((String) cell);
  }

  /** How a value of the database could be typed in. */
  private static List<String> spellings(Object cell) {
    return cell instanceof byte[] bytes
        ? List.of(
            hex(bytes),
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
        : List.of((String) cell);
  }

  /** What opens something, in each spelling: raw, as digits, as base64. */
  private List<byte[]> secrets(Session session) {
    List<byte[]> secrets = new ArrayList<>();
    secrets.add(ada.totp);
    secrets.add(Base64.getUrlDecoder().decode(session.token()));
    ada.recovery.forEach(code -> secrets.add(Utf8.of(code.replace("-", ""))));
    for (Mail mail : house.rooms.post().room().shown(null)) {
      LINK.matcher(mail.text())
          .results()
          .forEach(link -> secrets.add(HexFormat.of().parseHex(link.group(1))));
    }
    assertThat(secrets).hasSizeGreaterThan(14);
    List<byte[]> spelled = new ArrayList<>(secrets);
    for (byte[] secret : secrets) {
      spelled.add(Utf8.of(hex(secret)));
      spelled.add(Utf8.of(Base64.getEncoder().encodeToString(secret)));
      spelled.add(Utf8.of(Base64.getUrlEncoder().withoutPadding().encodeToString(secret)));
    }
    return spelled;
  }

  /** Tries a value of the database in place of each secret that the server takes. */
  private void isOfNoUse(String text) {
    assertThat(house.rooms.sessions().find(text)).isEmpty();
    var ways = house.rooms.waysBack();
    assertThat(refusal(() -> ways.passwords().asksCode(text))).isEqualTo("link-dead");
    assertThat(refusal(() -> ways.emails().email(text))).isEqualTo("link-dead");
    assertThat(refusal(() -> ways.lookAtCancel(text))).isEqualTo("link-dead");
    assertThat(refusal(() -> ways.factors().enrolment(ada.accountId, text))).isEqualTo("link-dead");
    assertThat(refusal(() -> house.rooms.accounts().signIn(ADA, text).isPresent()))
        .isNotEqualTo("it worked: true");
    if (text.length() <= LONGEST_CODE) {
      Database database = house.foundation.database();
      Verdict code =
          database.run(() -> house.rooms.factors().useCountedElsewhere(ada.accountId, text));
      assertThat(code).isEqualTo(Verdict.WRONG);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
