package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.trefoil.server.account.MailWish;
import org.trefoil.server.account.Notice;
import org.trefoil.server.account.NoticeStore.Payment;
import org.trefoil.server.chain.peers.HeaderStore.Row;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.store.JdbiSealedRows.Column;

/** The small stores: known browsers, unwanted mail, facts, practice chain, headers, sealed rows. */
class SmallStoresTest extends StoreContract {
  SmallStoresTest(TestDatabase engine) {
    super(engine);
  }

  @Test
  void aBrowserIsKnownToEachAccountByItself() {
    accounts();
    JdbiDeviceStore devices = new JdbiDeviceStore(database);
    assertThat(devices.any(bytes(1))).isFalse();
    devices.add(bytes(1), ADA, "Firefox", NOW);
    assertThat(devices.any(bytes(1))).isTrue();
    assertThat(devices.since(bytes(1), ADA)).isPresent();
    assertThat(devices.since(bytes(1), BOB)).isEmpty();
    assertThat(devices.seen(bytes(1), BOB, NOW)).isFalse();
    assertThat(devices.seen(bytes(1), ADA, NOW.plusSeconds(9))).isTrue();
    devices.add(bytes(1), BOB, "Firefox", NOW);
    assertThat(devices.sweep(NOW.plusSeconds(9))).isEqualTo(1);
    assertThat(devices.since(bytes(1), ADA)).isPresent();
    assertThat(devices.since(bytes(1), BOB)).isEmpty();
  }

  @Test
  void mailIsWantedUntilSomebodySaysOtherwise() throws Exception {
    accounts();
    JdbiNoticeStore notices = new JdbiNoticeStore(database);
    assertThat(notices.wish(ADA, Notice.SENDS)).isEqualTo(MailWish.EACH);
    for (MailWish wish : List.of(MailWish.DAILY, MailWish.NEVER, MailWish.NEVER)) {
      notices.wish(ADA, Notice.SENDS, wish);
      assertThat(notices.wish(ADA, Notice.SENDS)).isEqualTo(wish);
    }
    assertThat(notices.wish(ADA, Notice.PAYMENTS)).isEqualTo(MailWish.EACH);
    assertThat(notices.wish(BOB, Notice.SENDS)).isEqualTo(MailWish.EACH);
    assertThat(notices.wishes(List.of(ADA, BOB), Notice.SENDS))
        .isEqualTo(Map.of(ADA, MailWish.NEVER));
    assertThat(notices.wishes(List.of(ADA, BOB), Notice.PAYMENTS)).isEmpty();
    notices.wish(ADA, Notice.SENDS, MailWish.EACH);
    assertThat(notices.wish(ADA, Notice.SENDS)).isEqualTo(MailWish.EACH);
    assertThat(notices.wishes(List.of(), Notice.SENDS)).isEmpty();
  }

  @Test
  void aPaymentIsToldOnceAlsoAmongOthersAndAlsoWhenManyWantTo() throws Exception {
    accounts();
    JdbiNoticeStore notices = new JdbiNoticeStore(database);
    new JdbiWalletStore(database).add(draft(WALLET, "request-1"));
    Payment first = new Payment(WALLET, ADA, "Savings", "t1", 5);
    Payment second = new Payment(WALLET, ADA, "Savings", "t2", 6);
    assertThat(atOnce(10, () -> !notices.tell(List.of(first)).isEmpty())).isEqualTo(1);
    assertThat(notices.tell(List.of(first, second, second))).containsExactly(second);
    assertThat(notices.tell(List.of(second, first))).isEmpty();
    assertThat(notices.tell(List.of())).isEmpty();
  }

  @Test
  void aFactIsSetOnceAlsoWhenManyWantTo() throws Exception {
    JdbiFactStore facts = new JdbiFactStore(database);
    assertThat(facts.find("chain")).isEmpty();
    int mine =
        atOnce(
            10,
            () -> {
              String wish = Thread.currentThread().getName();
              return facts.keep("chain", wish).equals(wish);
            });
    assertThat(mine).isEqualTo(1);
    assertThat(facts.keep("chain", "another")).isEqualTo(facts.find("chain").orElseThrow());
  }

  @Test
  void thePracticeChainIsThereAgain() {
    JdbiPracticeStore practice = new JdbiPracticeStore(database);
    practice.replace(1, List.of(bytes(1), bytes(2), bytes(3)), List.of());
    practice.accepted("t1", bytes(11), List.of());
    practice.accepted("t2", bytes(12), List.of("t1"));
    assertThat(practice.mempool()).containsExactly(bytes(12));
    practice.replace(3, List.of(bytes(4)), List.of());
    assertThat(practice.blocks()).containsExactly(bytes(1), bytes(2), bytes(4));
    assertThat(practice.mempool()).isEmpty();
  }

  @Test
  void headersAreReplacedFromAHeightAndAloneWithoutABridge() {
    JdbiHeaderStore headers = new JdbiHeaderStore(database);
    assertThat(headers.all().headers()).isEmpty();
    headers.replace(new Row(100, List.of(bytes(0), bytes(1), bytes(2), bytes(3))));
    headers.replace(new Row(102, List.of(bytes(12))));
    assertHeaders(headers, 100, bytes(0), bytes(1), bytes(12));
    headers.replace(new Row(103, List.of(bytes(13), bytes(14))));
    assertHeaders(headers, 100, bytes(0), bytes(1), bytes(12), bytes(13), bytes(14));
    headers.replace(new Row(106, List.of(bytes(16)))); // nobody knows the one at 105
    assertHeaders(headers, 106, bytes(16));
  }

  private static void assertHeaders(JdbiHeaderStore store, int from, byte[]... headers) {
    assertThat(store.all().from()).isEqualTo(from);
    assertThat(store.all().headers()).containsExactly(headers);
  }

  @Test
  void moreHeadersThanAreWrittenOrReadAtOnceStayInTheirOrder() {
    JdbiHeaderStore headers = new JdbiHeaderStore(database);
    List<byte[]> many =
        IntStream.range(0, 4_321)
            .mapToObj(height -> ByteBuffer.allocate(80).putInt(height).array())
            .toList();
    headers.replace(new Row(7, many));
    assertHeaders(headers, 7, many.toArray(byte[][]::new));
  }

  @Test
  void sealedRowsAreGoneThroughByOwnerAndReplacedUnlessTheyChangedMeanwhile() {
    accounts();
    JdbiFactorStore factors = new JdbiFactorStore(database);
    factors.begin(BOB, new Sealed(bytes(2)));
    factors.begin(ADA, new Sealed(bytes(1)));
    JdbiSealedRows sealed = new JdbiSealedRows(database);
    assertThat(sealed.after(Column.TOTP_SECRET, "", 9))
        .extracting(JdbiSealedRows.Row::owner)
        .containsExactly(ADA, BOB);
    JdbiSealedRows.Row ada = sealed.after(Column.TOTP_SECRET, "", 1).get(0);
    assertThat(ada.owner()).isEqualTo(ADA);
    assertThat(sealed.after(Column.TOTP_SECRET, ADA, 9))
        .extracting(JdbiSealedRows.Row::owner)
        .containsExactly(BOB);
    assertThat(sealed.after(Column.TOTP_SECRET, BOB, 9)).isEmpty();
    assertThat(sealed.replace(Column.TOTP_SECRET, ada, new Sealed(bytes(3)))).isTrue();
    assertThat(sealed.replace(Column.TOTP_SECRET, ada, new Sealed(bytes(4)))).isFalse();
    assertThat(factors.find(ADA).orElseThrow().secret().bytes()).isEqualTo(bytes(3));
    assertThat(factors.find(BOB).orElseThrow().secret().bytes()).isEqualTo(bytes(2));
    for (Column other : EnumSet.complementOf(EnumSet.of(Column.TOTP_SECRET))) {
      assertThat(sealed.after(other, "", 9)).isEmpty();
      assertThat(sealed.replace(other, ada, new Sealed(bytes(5)))).isFalse();
    }
  }
}
