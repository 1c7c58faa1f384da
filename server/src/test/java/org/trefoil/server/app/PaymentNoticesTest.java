package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.chain.ChainListener;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.http.Services;
import org.trefoil.server.jobs.Clockwork;

/** What goes out and comes in is mailed once, to whoever did not turn that off. */
class PaymentNoticesTest extends WaysBackTest {
  private Services.Record choices() {
    return house.rooms.services(TestHouse.config(Path.of("unused"), null)).record();
  }

  private void listen() {
    house
        .rooms
        .chain()
        .index()
        .listen(
            new ChainListener() {
              @Override
              public void walletsChanged(Map<String, Set<String>> changed) {
                house.rooms.payments().walletsChanged(changed);
              }

              @Override
              public void tipChanged(Tip tip) {}
            });
  }

  private void send(String requestId) {
    SendView send =
        house.rooms.sends().propose(ada.accountId, ada.walletId, ada.request(requestId, 20_000));
    house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), ada.code());
    house.rooms.scribe().run();
  }

  @Test
  void aPaymentIsToldOnceWhenItIsSeenAndNotAgainInItsBlock() {
    listen();
    ada.receive(100_000);
    house.mine(2);
    assertThat(subjects(ADA)).containsExactly("Coins came in");
    assertThat(mail(ADA).get(0).text())
        .contains("0.00100000 BTC for the wallet \u201CSavings\u201D came in.\nThe account page")
        .contains("never asks by mail")
        .doesNotContain("http");
  }

  @Test
  void aSendIsToldOnceAndItsChangeIsNoPayment() {
    ada.receive(100_000);
    listen();
    send("request-of-the-send");
    house.mine(1);
    house.rooms.scribe().run();
    assertThat(subjects(ADA)).containsExactly("Coins were sent");
    assertThat(mail(ADA).get(0).text())
        .contains("0.0002", " BTC of the wallet \u201CSavings\u201D are on their way")
        .doesNotContain("http");
  }

  /** Both wallets change by the same transaction, which is a send of one of them alone. */
  @Test
  void aSendToSomebodyElseHereComesInThere() {
    Person bob = house.new Person(2);
    ada.receive(100_000);
    Clockwork news = new Clockwork("news");
    house
        .rooms
        .chain()
        .index()
        .listen(
            new ChainNews(
                news, house.rooms.follower(), house.rooms.live(), house.rooms.payments()));
    String address = house.rooms.wallets().anotherAddress(bob.accountId, bob.walletId).address();
    SendView send =
        house
            .rooms
            .sends()
            .propose(
                ada.accountId,
                ada.walletId,
                ada.vault.send(
                    ada.cosigners,
                    house.rooms.book().spendable(ada.accountId, ada.walletId),
                    "request-to-bob",
                    address,
                    20_000));
    house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), ada.code());
    house.mine(1);
    house.rooms.scribe().run();
    news.close(); // its last job ends first
    assertThat(subjects(ADA)).containsExactly("Coins were sent");
    assertThat(subjects("p2@example.org")).containsExactly("Coins came in");
  }

  @Test
  void whoTurnedItOffIsToldThatOnceAndNoMore() {
    listen();
    assertThat(choices().wish(ada.accountId, "payments")).isEqualTo("each");
    choices().wish(ada.accountId, "payments", "never");
    choices().wish(ada.accountId, "payments", "never");
    assertThat(subjects(ADA)).containsExactly("Mail about coins was changed");
    assertThat(mail(ADA).get(0).text())
        .contains("chose that mail about coins that come in is no longer sent")
        .doesNotContain("http");
    choices().wish(ada.accountId, "sends", "never");
    ada.receive(100_000);
    send("request-of-the-send");
    assertThat(subjects(ADA)).hasSize(2).containsOnly("Mail about coins was changed");
    assertThat(choices().wish(ada.accountId, "payments")).isEqualTo("never");
    choices().wish(ada.accountId, "sends", "each");
    ada.receive(100_000);
    send("request-of-another");
    assertThat(subjects(ADA)).hasSize(3).containsOnlyOnce("Coins were sent");
    Refused.with(Token.NOT_FOUND, () -> choices().wish(ada.accountId, "factors", "never"));
    Refused.with(Token.NOT_FOUND, () -> choices().wish(ada.accountId, "sends", "always"));
  }

  @Test
  void whatIsGatheredComesInOneMailADayLater() {
    listen();
    choices().wish(ada.accountId, "payments", "daily");
    choices().wish(ada.accountId, "sends", "daily");
    assertThat(mail(ADA).get(0).text()).contains("is gathered and sent once a day");
    ada.receive(100_000);
    send("request-of-the-send");
    house.clock.forward(Duration.ofHours(23));
    ada.receive(300_000);
    house.rooms.payments().mailDaily();
    assertThat(subjects(ADA)).containsOnly("Mail about coins was changed").hasSize(2);
    house.clock.forward(Duration.ofHours(1));
    house.rooms.payments().mailDaily();
    house.rooms.payments().mailDaily();
    assertThat(subjects(ADA)).hasSize(3).containsOnlyOnce("Coins of the last day");
    assertThat(mail(ADA).get(0).text())
        .containsSubsequence("0.00100000 BTC for", "are on their way", "0.00300000 BTC for")
        .contains("Savings", "If one of these was not you")
        .doesNotContain("http");
  }

  @Test
  void whatIsOldIsNoNews() {
    ada.receive(100_000);
    SendView send =
        house
            .rooms
            .sends()
            .propose(ada.accountId, ada.walletId, ada.request("request-of-the-send", 20_000));
    house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), ada.code());
    house.clock.forward(Duration.ofHours(7));
    house.rooms.scribe().run();
    assertThat(mail(ADA)).isEmpty();
  }

  @Test
  void aWalletThatIsShownForOtherSoftwareIsToldOnceADay() {
    Services.Keys keys = house.rooms.services(TestHouse.config(Path.of("unused"), null)).keys();
    keys.exported(ada.accountId, ada.walletId);
    keys.exported(ada.accountId, ada.walletId);
    assertThat(subjects(ADA)).containsExactly("A wallet was shown for other software");
    house.clock.forward(Duration.ofDays(1));
    keys.exported(ada.accountId, ada.walletId);
    assertThat(subjects(ADA)).hasSize(2);
    String bob = house.new Person(2).accountId;
    Refused.with(Token.NOT_FOUND, () -> keys.exported(bob, ada.walletId));
  }
}
