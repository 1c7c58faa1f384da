package org.trefoil.custody.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.custody.recover.FoundCoins.Unusable;
import org.trefoil.custody.recover.FoundCoins.Why;

class CoinSearchTest {
  private final PaidWallet wallet = new PaidWallet("coins", ScriptType.P2WSH);

  @Test
  void everySourceGivesTheSameCoinsFarBeyondTheGap() {
    wallet.pay(0, 0, 100_000_000);
    wallet.pay(1, 3, 2_100);
    wallet.pay(0, 21, 30_000);
    wallet.pay(1, 40, 7);
    for (String text :
        List.of(wallet.scanTxOutSet(), wallet.listUnspent(), wallet.esplora(), wallet.hex())) {
      FoundCoins found = wallet.found(text);
      assertThat(found.coins()).as(text).hasSize(4);
      assertThat(found.unusable()).isEmpty();
      assertThat(found.total()).isEqualTo(new Sats(100_032_107));
      assertThat(found.highest(0)).isEqualTo(21);
      assertThat(found.highest(1)).isEqualTo(40);
      for (FoundCoins.FoundCoin coin : found.coins()) {
        PaidWallet.Paid paid = wallet.paid.get(coin.coin().outpoint());
        assertThat(coin.address()).isEqualTo(paid.address());
        assertThat(coin.coin().value()).isEqualTo(paid.amount());
      }
    }
  }

  @Test
  void eachSourceIsRecognised() {
    PaidWallet.Paid paid = wallet.pay(0, 1, 50_000);
    FoundCoins found = wallet.found(wallet.scanTxOutSet());
    assertThat(kind(wallet.scanTxOutSet())).isEqualTo(CoinReport.Kind.SCAN_TX_OUT_SET);
    assertThat(kind("{\"result\":" + wallet.scanTxOutSet() + ",\"error\":null,\"id\":1}"))
        .isEqualTo(CoinReport.Kind.SCAN_TX_OUT_SET);
    assertThat(kind(wallet.listUnspent())).isEqualTo(CoinReport.Kind.LIST_UNSPENT);
    assertThat(kind("[]")).isEqualTo(CoinReport.Kind.LIST_UNSPENT);
    assertThat(kind(wallet.esplora())).isEqualTo(CoinReport.Kind.ADDRESS_UTXO);
    assertThat(kind(wallet.hex())).isEqualTo(CoinReport.Kind.TRANSACTIONS);
    assertThat(kind("{\"txid\":\"x\",\"hex\":\"" + wallet.hex().strip() + "\",\"vsize\":1}"))
        .isEqualTo(CoinReport.Kind.TRANSACTIONS);
    assertThat(kind("[\"" + wallet.hex().strip() + "\"]")).isEqualTo(CoinReport.Kind.TRANSACTIONS);
    Address to = Address.parse(wallet.cosigners().address(0, 9), Network.REGTEST);
    String psbt = Spending.everything(found, to, new FeeRate(1_000)).psbt().base64();
    assertThat(kind(psbt)).isEqualTo(CoinReport.Kind.PSBT);
    assertThat(kind(Hex.of(java.util.Base64.getDecoder().decode(psbt))))
        .isEqualTo(CoinReport.Kind.PSBT);
    assertThat(wallet.found(psbt).coins().get(0).coin().outpoint()).isEqualTo(paid.outpoint());
    assertThat(CoinReport.read(wallet.scanTxOutSet()).count()).isEqualTo(1);
  }

  private static CoinReport.Kind kind(String text) {
    return CoinReport.read(text).kind();
  }

  @Tag("slow")
  @Test
  void theLastAddressThatIsEverUsedIsFoundAndAStrangersCoinIsNamed() {
    PaidWallet.Paid last = wallet.pay(0, Cosigners.MOST_INDEX, 1_000_000);
    PaperWallet stranger = new PaperWallet("stranger", ScriptType.P2WSH);
    PaidWallet.Paid foreign =
        wallet.pay(
            stranger.cosigners().scriptPubKey(0, 0), stranger.cosigners().address(0, 0), 5_000);
    OwnPlaces places = new OwnPlaces(wallet.cosigners());
    List<CoinReport> reports = List.of(CoinReport.read(wallet.scanTxOutSet()));
    FoundCoins found;
    try (CoinSearch search = CoinSearch.begin(places, reports)) {
      assertThat(search.percent()).isZero();
      assertThat(search.step()).isTrue();
      assertThatThrownBy(search::finish).isInstanceOf(IllegalStateException.class);
      found = search.run();
      assertThat(search.percent()).isEqualTo(100);
    }
    assertThat(found.coins()).hasSize(1);
    assertThat(found.coins().get(0).coin().index()).isEqualTo(Cosigners.MOST_INDEX);
    assertThat(found.coins().get(0).address()).isEqualTo(last.address());
    assertThat(found.unusable())
        .containsExactly(
            new Unusable(foreign.outpoint(), foreign.amount(), foreign.address(), Why.NOT_OURS));
    // A second search knows all that the first one derived.
    try (CoinSearch again = CoinSearch.begin(places, reports)) {
      assertThat(again.step()).isFalse();
      assertThat(again.finish().coins()).hasSize(1);
    }
  }

  @Tag("slow")
  @Test
  void aStrangersCoinIsTakenOutAgain() {
    PaidWallet.Paid own = wallet.pay(0, 1, 40_000);
    Cosigners stranger = new PaperWallet("stranger", ScriptType.P2WSH).cosigners();
    PaidWallet.Paid foreign =
        wallet.pay(stranger.scriptPubKey(0, 0), stranger.address(0, 0), 5_000);
    CoinReport report = CoinReport.read(wallet.listUnspent());
    OwnPlaces places = new OwnPlaces(wallet.cosigners());
    FoundCoins found;
    try (CoinSearch search = CoinSearch.begin(places, List.of(report))) {
      found = search.run();
    }
    assertThat(found.strangers()).containsExactly(foreign.outpoint());
    CoinReport rest = report.without(found.strangers());
    assertThat(rest.count()).isEqualTo(1);
    try (CoinSearch search = CoinSearch.begin(places, List.of(rest))) {
      FoundCoins again = search.run();
      assertThat(again.unusable()).isEmpty();
      assertThat(again.coins().get(0).coin().outpoint()).isEqualTo(own.outpoint());
    }
  }

  @Test
  void whatCannotBeSpentIsNamedWithItsReason() {
    PaidWallet.Paid spent = wallet.pay(0, 2, 11_000);
    PaidWallet.Paid unlisted = wallet.pay(1, 1, 12_000);
    String transactions = wallet.hex();
    wallet.paid.remove(unlisted.outpoint());
    UnsignedTx spender =
        UnsignedTx.of(
            List.of(spent.outpoint()),
            -1,
            List.of(new TxOutput(new Sats(9_000), new byte[] {0x51})),
            0);
    String list = wallet.scanTxOutSet();
    assertThat(why(wallet.found(list, transactions, Hex.of(spender.bytes()))))
        .containsExactly(Why.SPENT, Why.NOT_IN_LIST);
    assertThat(wallet.found(transactions, Hex.of(spender.bytes())).coins()).hasSize(1);
    String mined = list.replace("\"coinbase\": false", "\"coinbase\": true");
    assertThat(why(wallet.found(mined))).containsExactly(Why.IMMATURE);
    String old = mined.replace("\"height\": 120", "\"height\": 204");
    assertThat(wallet.found(old).coins()).hasSize(1);
  }

  @Test
  void aListWithoutAddressesNeedsTheTransactions() {
    wallet.pay(0, 2, 11_000);
    String bare =
        wallet
            .listUnspent()
            .replaceAll("\"address\":\"[^\"]*\",", "")
            .replaceAll("\"scriptPubKey\":\"[^\"]*\",", "");
    assertThat(why(wallet.found(bare))).containsExactly(Why.NO_ADDRESS_NAMED);
    FoundCoins found = wallet.found(bare, wallet.hex());
    assertThat(found.coins()).hasSize(1);
    assertThat(found.coins().get(0).proved()).isTrue();
    assertThat(found.coins().get(0).waiting()).isTrue();
    String other = wallet.listUnspent().replaceAll("\"scriptPubKey\":\"[^\"]*\",", "");
    String mainnet = other.replaceAll("bcrt1[a-z0-9]*", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT");
    assertThat(why(wallet.found(mainnet))).containsExactly(Why.NOT_OURS);
  }

  @Test
  void aWalletWithoutWitnessesNeedsTheTransactions() {
    PaidWallet legacy = new PaidWallet("legacy", ScriptType.P2SH);
    legacy.pay(0, 2, 11_000);
    assertThat(why(legacy.found(legacy.scanTxOutSet()))).containsExactly(Why.TRANSACTION_NEEDED);
    assertThat(legacy.found(legacy.scanTxOutSet(), legacy.hex()).coins()).hasSize(1);
    assertThat(legacy.found(legacy.hex()).coins()).hasSize(1);
  }

  @Test
  void aSourceThatContradictsATransactionIsRefused() {
    PaidWallet.Paid paid = wallet.pay(0, 2, 11_000);
    String more = wallet.scanTxOutSet().replace("0.00011000", "0.00911000");
    RefusedException e =
        catchThrowableOfType(RefusedException.class, () -> wallet.found(more, wallet.hex()));
    assertThat(e).hasMessage("wrong-input-amount");
    assertThat(e.refusal().data())
        .containsEntry("outpoint", paid.outpoint().toString())
        .containsEntry("known", "0.00011000 BTC")
        .containsEntry("claimed", "0.00911000 BTC");
    Outpoint beyond = new Outpoint(paid.outpoint().txid(), 9);
    String missing = wallet.scanTxOutSet().replace("\"vout\": 1", "\"vout\": 9");
    assertThatThrownBy(() -> wallet.found(missing, wallet.hex()))
        .hasMessage("foreign-input")
        .isInstanceOfSatisfying(
            RefusedException.class,
            r -> assertThat(r.refusal().data()).containsEntry("outpoint", beyond.toString()));
  }

  @Test
  void whatCannotBeReadIsRefusedWithItsPlace() {
    wallet.pay(0, 2, 11_000);
    wallet.pay(0, 3, 12_000);
    String scan = wallet.scanTxOutSet();
    refused("hello", "coins-unrecognised", "");
    refused("", "coins-unrecognised", "");
    refused("{\"a\":1}", "coins-unrecognised", "");
    refused("7", "coins-unrecognised", "");
    refused(scan.substring(0, 200), "coins-malformed", "its end is missing");
    refused(scan.replace("0.00012000", "\"x\""), "coins-malformed", "coin 2: amount");
    refused(scan.replace("0.00012000", "1e-9"), "coins-malformed", "coin 2: amount");
    refused(scan.replaceFirst("\"vout\": 1", "\"vout\": -1"), "coins-malformed", "coin 1: vout");
    refused(
        scan.replaceFirst("\"txid\": \"..", "\"txid\": \"zz"), "coins-malformed", "coin 1: txid");
    refused(scan.replace("true", "false"), "coins-malformed", "success: false");
    refused(wallet.hex().substring(0, 200), "coins-malformed", "transaction 1");
    refused("[{\"txid\":\"a\",\"vout\":0,\"value\":1}]", "coins-need-address", "");
    refused("\n[{\"txid\":\"a\"}] x", "coins-malformed", "character 16");
    refused(wallet.esplora() + " x", "coins-unrecognised", "");
    refused(wallet.cosigners().address(0, 0) + "\n[] \n[]", "coins-need-address", "");
    refused("cHNidP8=", "psbt-malformed", "");
  }

  private static void refused(String text, String token, String place) {
    RefusedException e = catchThrowableOfType(RefusedException.class, () -> CoinReport.read(text));
    assertThat(e).as(text).isNotNull().hasMessage(token);
    assertThat(e.refusal().data().getOrDefault("place", "")).as(text).isEqualTo(place);
  }

  @Test
  void amountsAreReadInEveryWayThatProgramsWriteNumbers() {
    wallet.pay(0, 2, 11_000);
    for (String number : List.of("0.00011", "1.1e-4", "1.1E-04", "0.0001100000", "\"0.00011\"")) {
      String text = wallet.scanTxOutSet().replace("0.00011000", number);
      assertThat(wallet.found(text).total()).as(number).isEqualTo(new Sats(11_000));
    }
  }

  @Test
  void bentReportsEndInARefusalOrInCoinsAndInNothingElse() {
    wallet.pay(0, 0, 11_000);
    wallet.pay(1, 1, 12_000);
    List<String> texts =
        List.of(wallet.scanTxOutSet(), wallet.listUnspent(), wallet.esplora(), wallet.hex());
    Random random = new Random(4711);
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder(texts.get(i % texts.size()));
      for (int k = 1 + random.nextInt(4); k > 0; k--) {
        int at = random.nextInt(text.length());
        text.setCharAt(at, "0123456789abcxyz{}[]\",: \n".charAt(random.nextInt(24)));
      }
      try {
        CoinReport.read(text.toString());
        outcomes.add("read");
      } catch (RefusedException e) {
        outcomes.add(e.refusal().token());
      }
    }
    assertThat(outcomes).contains("read", "coins-malformed").hasSize(2_000);
  }

  private static List<Why> why(FoundCoins found) {
    return found.unusable().stream().map(Unusable::why).toList();
  }
}
