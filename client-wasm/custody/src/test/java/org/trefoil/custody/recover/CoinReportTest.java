package org.trefoil.custody.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Sats;

/** What each field of a list of coins says, up to its last allowed value. */
class CoinReportTest {
  private static final String TXID = "ab".repeat(32);
  private static final String COIN = "[{\"txid\":\"" + TXID + "\",\"vout\":%s,\"value\":%s}]";

  private final PaidWallet wallet = new PaidWallet("reports", ScriptType.P2WSH);

  private static String esplora(String before) {
    return before + COIN.formatted(0, 5);
  }

  private static List<String> addresses(String text) {
    return CoinReport.read(text).coins().stream().map(NamedCoin::address).toList();
  }

  @Test
  void anAddressBeforeAListIsOfLettersAndDigitsWithAColonOrAUrlAround() {
    for (String before : List.of("azAZ09", "azAZ09:", " azAZ09 \n", "x/address/azAZ09")) {
      assertThat(addresses(esplora(before))).as(before).containsExactly("azAZ09");
    }
    assertThat(addresses(esplora("/address/azAZ09/utxo "))).containsExactly("azAZ09");
    assertThat(addresses(esplora("/address/one/") + "\n" + esplora("two:")))
        .containsExactly("one", "two");
    for (String stranger : List.of("/", ";", "@", "`", "{", "one:two", "one two")) {
      refusal(Token.COINS_UNRECOGNISED, () -> CoinReport.read(esplora("one" + stranger + "9")));
    }
    refusal(Token.COINS_NEED_ADDRESS, () -> CoinReport.read(esplora("/address/")));
  }

  @Test
  void aListMayHoldListsAndEndsWhereItBegan() {
    String nested =
        "one [{\"x\":[[1],[2]],\"txid\":\"%s\",\"vout\":0,\"value\":5}]".formatted(TXID);
    assertThat(addresses(nested + "\n" + esplora("two"))).containsExactly("one", "two");
    assertThat(place("one [{\"txid\":[")).isEqualTo("its end is missing");
  }

  private static String place(String text) {
    try {
      CoinReport.read(text);
      return "";
    } catch (RefusedException e) {
      return e.refusal().data().getOrDefault("place", e.refusal().token());
    }
  }

  @Test
  void theFaultyCoinOfAnAddressIsNamedByItsNumber() {
    String good = COIN.formatted(0, 5).replace("]", ",");
    assertThat(place("one " + good + COIN.formatted(-1, 5).substring(1))).isEqualTo("coin 2: vout");
    assertThat(place("one " + COIN.formatted(0, "\"x\""))).isEqualTo("coin 1: value");
    assertThat(place("one " + COIN.formatted(0, 5).replace(TXID, "ab"))).isEqualTo("coin 1: txid");
  }

  @Test
  void thePlaceOfAFaultyCharacterCountsFromOneAndAnEndThatIsMissingIsSaid() {
    assertThat(place("[1 x]")).isEqualTo("character 4");
    assertThat(place("[1,")).isEqualTo("its end is missing");
    assertThat(place("[1,}")).isEqualTo("character 4");
  }

  @Test
  void aTextOfTheMostCharactersIsReadAndOneMoreIsNot() {
    String most = "[]" + " ".repeat(CoinReport.MOST_CHARACTERS - 2);
    assertThat(CoinReport.read(most).count()).isZero();
    refusal(Token.TOO_LARGE, () -> CoinReport.read(most + " "));
  }

  @Test
  void hexadecimalThatIsTooShortForATransactionIsNotCalledADamagedOne() {
    assertThat(place("ab".repeat(59))).isEqualTo("coins-unrecognised");
    assertThat(place("ab".repeat(60))).isEqualTo("transaction 1");
    wallet.pay(0, 0, 1_000);
    assertThat(place(wallet.hex() + "ab".repeat(60))).isEqualTo("transaction 2");
  }

  @Test
  void whetherACoinIsConfirmedIsTakenFromItsStatus() {
    wallet.pay(0, 0, 1_000);
    wallet.pay(0, 1, 2_000);
    FoundCoins found = wallet.found(wallet.esplora());
    assertThat(found.coins().get(0).waiting()).isFalse();
    assertThat(found.coins().get(0).coin().confirmations()).isEqualTo(1);
    assertThat(found.coins().get(1).waiting()).isTrue();
    assertThat(confirmations(wallet.esplora())).containsExactly(1, 0);
    assertThat(confirmations(esplora("one"))).containsExactly(NamedCoin.UNKNOWN);
  }

  @Test
  void confirmationsAreCountedFromTheTipThatTheScanNames() {
    wallet.pay(0, 0, 1_000);
    String scan = wallet.scanTxOutSet();
    assertThat(confirmations(scan)).containsExactly(120 - 105 + 1);
    assertThat(confirmations(scan.replace("105", "120"))).containsExactly(1);
    assertThat(confirmations(scan.replace("105", "119"))).containsExactly(2);
    assertThat(confirmations(scan.replace("105", "121"))).as("beyond the tip").containsExactly(1);
    assertThat(confirmations(scan.replace("105", "0"))).as("unsaid").containsExactly(1);
  }

  private static List<Integer> confirmations(String text) {
    return CoinReport.read(text).coins().stream().map(NamedCoin::confirmations).toList();
  }

  @Test
  void whatTwoSourcesSayOfOneCoinIsPutTogether() {
    Outpoint outpoint = new Outpoint(TXID, 0);
    NamedCoin bare = new NamedCoin(outpoint, null, null, null, NamedCoin.UNKNOWN, false);
    NamedCoin full = new NamedCoin(outpoint, new Sats(5), new byte[] {1}, "one", 7, true);
    assertThat(bare.and(full)).isEqualTo(full);
    assertThat(full.and(bare)).isEqualTo(full);
    NamedCoin other = new NamedCoin(outpoint, new Sats(6), new byte[] {2}, "two", 9, false);
    assertThat(full.and(other))
        .isEqualTo(new NamedCoin(outpoint, full.amount(), full.script(), "one", 9, true));
  }

  @Test
  void anOutputThatItsTransactionDoesNotHaveIsRefusedRightBehindTheLast() {
    PaidWallet.Paid paid = wallet.pay(0, 0, 1_000);
    assertThat(paid.outpoint().vout()).as("the last of two").isEqualTo(1);
    String behind = wallet.scanTxOutSet().replace("\"vout\": 1", "\"vout\": 2");
    refusal(Token.FOREIGN_INPUT, () -> wallet.found(behind, wallet.hex()));
  }

  @Test
  void strangersCoinsAreNamedAndTakenOutAndTheSearchSaysHowFarItIs() {
    PaidWallet.Paid own = wallet.pay(0, 0, 1_000);
    Cosigners other = new PaperWallet("stranger", ScriptType.P2SH).cosigners();
    PaidWallet.Paid strange = wallet.pay(other.scriptPubKey(0, 0), other.address(0, 0), 2_000);
    CoinReport report = CoinReport.read(wallet.listUnspent());
    FoundCoins found = CoinSearch.begin(new OwnPlaces(wallet.cosigners()), List.of(report)).run();
    assertThat(found.strangers()).containsExactly(strange.outpoint());
    assertThat(report.without(found.strangers()).coins())
        .extracting(NamedCoin::outpoint)
        .containsExactly(own.outpoint());
    assertThat(report.without(Set.of()).count()).isEqualTo(2);

    wallet.pay(1, 150, 3_000);
    List<CoinReport> far = List.of(CoinReport.read(wallet.listUnspent()));
    List<Integer> percents = new ArrayList<>();
    try (CoinSearch search = CoinSearch.begin(new OwnPlaces(wallet.cosigners()), far)) {
      do {
        percents.add(search.percent());
      } while (search.step());
      assertThat(search.percent()).isEqualTo(100);
    }
    assertThat(percents).as("eight indexes of 5,000 a slice").hasSize(19);
    assertThat(percents.get(18)).isEqualTo(100 * 18 * 8 / 5_000);
  }
}
