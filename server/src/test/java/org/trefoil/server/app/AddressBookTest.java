package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.mail.MailRound;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.mail.SmtpCarrier;
import org.trefoil.server.mail.SmtpSettings;
import org.trefoil.server.rules.Rulebook;
import org.trefoil.server.store.Database;
import org.trefoil.server.store.JdbiAccountStore;
import org.trefoil.server.store.JdbiMailStore;
import org.trefoil.server.store.JdbiRuleStore;

/** Who gets whose address under which name: that is signed, takes a second factor, and is told. */
class AddressBookTest extends LosingKeysOnBoth {
  private static final String EVES =
      "bcrt1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qzf4jry";
  private static final String FIRST = "The address book of a wallet has its first entry";

  private void signLooser(TestRules rules) {
    long begin = house.clock.instant().plus(Duration.ofHours(48)).getEpochSecond();
    sign(document(rules, begin, KeyRole.USER), ada.code());
  }

  private static TestRules bobs(String address) {
    return TestRules.none().entry("Bob", address);
  }

  @Test
  void aSwappedAddressWaitsInOneStepAndInTwo() {
    sign(bobs(TestHouse.ELSEWHERE));
    Refused.with(Token.POLICY_TOO_SOON, () -> sign(bobs(EVES)));
    Refused.with(Token.POLICY_TOO_SOON, () -> sign(TestRules.none()));
    Refused.with(
        Token.POLICY_TOO_SOON, () -> sign(TestRules.none().entry("Eve", TestHouse.ELSEWHERE)));
    signLooser(TestRules.none());
    Refused.with(Token.POLICY_WAITS, () -> sign(bobs(EVES)));
    house.rooms.rulebook().cancel(ada.accountId, ada.walletId);
    Refused.with(Token.POLICY_TOO_SOON, () -> sign(bobs(EVES)));
    assertThat(mailed()).contains("The rules of a wallet are to become looser");
  }

  @Test
  void noEntryIsWrittenWithoutASecondFactor() {
    Rulebook book = house.rooms.rulebook();
    Refused.with(
        Token.CODE_WRONG,
        () -> sign(document(bobs(TestHouse.ELSEWHERE), 0, KeyRole.USER), Thieves.NO_CODE));
    assertThat(book.version(ada.accountId, ada.walletId)).isZero();
    assertThat(mailed()).doesNotContain(FIRST);
  }

  @Test
  void theFirstEntriesAreToldByThemselvesAndFurtherOnesWithTheRules() {
    sign(TestRules.none().perSend(100_000L));
    assertThat(mailed()).doesNotContain(FIRST);
    sign(TestRules.none().perSend(100_000L).entry("Bob", TestHouse.ELSEWHERE));
    assertThat(mailed()).containsOnlyOnce(FIRST);
    sign(TestRules.none().perSend(100_000L).entry("Bob", TestHouse.ELSEWHERE).entry("Eve", EVES));
    assertThat(mailed()).containsOnlyOnce(FIRST);
    assertThat(house.rooms.post().room().shown(ada.accountId).get(0).text())
        .contains("+ Address book: Eve is " + EVES);
  }

  @Test
  void firstEntriesThatWaitAreToldWithTheTimeFromWhichTheyHold() {
    sign(TestRules.none().bookOnly());
    signLooser(TestRules.none().bookOnly(TestHouse.ELSEWHERE));
    assertThat(mailed()).contains(FIRST, "The rules of a wallet are to become looser");
    assertThat(house.rooms.post().room().shown(ada.accountId))
        .anySatisfy(
            mail -> {
              assertThat(mail.subject()).isEqualTo(FIRST);
              assertThat(mail.text()).contains("It holds from 20", "Bob 0: " + TestHouse.ELSEWHERE);
            });
  }

  @Test
  void theMailAboutTheFirstEntryArrives() throws Exception {
    Database database = house.foundation.database();
    KeyFile keyFile = house.foundation.keyFile();
    JdbiMailStore store = new JdbiMailStore(database);
    SecureRandom random = new SecureRandom();
    Mailroom room = new Mailroom(store, Mailroom.Way.SENT, house.clock, random, keyFile);
    Rulebook book =
        new Rulebook(
            new JdbiRuleStore(database),
            house.rooms.chains(),
            keyFile,
            wallets(),
            house.rooms.holders().gate(house.rooms.factors()),
            new RuleLetters(new JdbiAccountStore(database), room, () -> "https://w.example"),
            database,
            house.clock,
            house.clock);
    PolicyDocument first = document(bobs(TestHouse.ELSEWHERE), 0, KeyRole.USER);
    book.sign(ada.accountId, ada.walletId, new PolicyRequest(first, ada.code()));
    GreenMail mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mailbox.start();
    SmtpSettings settings =
        new SmtpSettings(
            "127.0.0.1",
            mailbox.getSmtp().getPort(),
            false,
            true,
            null,
            null,
            "wallet@trefoil.example",
            Duration.ofSeconds(5));
    try (SmtpCarrier carrier = new SmtpCarrier(settings)) {
      new MailRound(store, room, carrier, house.clock).run();
      assertThat(mailbox.getReceivedMessages())
          .anySatisfy(
              mail -> {
                assertThat(mail.getSubject()).isEqualTo(FIRST);
                assertThat(text(mail))
                    .contains("Bob: " + TestHouse.ELSEWHERE, "stop the wallet")
                    .doesNotContain("http");
              });
    } finally {
      mailbox.stop();
    }
  }

  private static String text(MimeMessage mail) throws Exception {
    return GreenMailUtil.getBody(mail);
  }
}
