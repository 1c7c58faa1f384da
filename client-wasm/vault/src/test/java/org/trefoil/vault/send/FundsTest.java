package org.trefoil.vault.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.proposal.Change;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.Returned;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Fees;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.custody.sign.HalfSigner;
import org.trefoil.vault.wallet.KnownWallet;
import org.trefoil.vault.wallet.SampleWallet;

class FundsTest {
  private static final String TO = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";
  private static final Fees FEES = new Fees(1000, 2500, 6000, 1000, 500_000);

  private static final Network NETWORK = Network.REGTEST;

  private final KnownWallet wallet = SampleWallet.known();

  private SpendableCoin coin(long real, long claimed, int paysToIndex) {
    return coin(wallet, real, claimed, paysToIndex);
  }

  /** A coin, and the transaction that made it. */
  static SpendableCoin coin(KnownWallet wallet, long real, long claimed, int paysToIndex) {
    byte[] script = wallet.cosigners().scriptPubKey(0, paysToIndex);
    ByteArrayOutputStream tx = new ByteArrayOutputStream();
    tx.writeBytes(new byte[] {2, 0, 0, 0, 1});
    tx.writeBytes(new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9});
    tx.writeBytes(new byte[16]);
    tx.writeBytes(new byte[] {0, 0, 0, 0, 0, -1, -1, -1, -1, 1});
    for (int i = 0; i < 8; i++) {
      tx.write((int) (real >> 8 * i));
    }
    tx.write(script.length);
    tx.writeBytes(script);
    tx.writeBytes(new byte[4]);
    byte[] id = Hashes.sha256(Hashes.sha256(tx.toByteArray()));
    byte[] shown = new byte[32];
    for (int i = 0; i < 32; i++) {
      shown[i] = id[31 - i];
    }
    String previous = Base64.getEncoder().encodeToString(tx.toByteArray());
    return new SpendableCoin(Hex.of(shown), 0, claimed, 0, 0, 3, false, false, previous);
  }

  private Funds funds(SpendableCoin... coins) {
    return counting(150, coins);
  }

  /** At height 150, for new transactions that count from another one. */
  private Funds counting(int lockTime, SpendableCoin... coins) {
    return new Funds(wallet, new Spendable(List.of(coins), FEES, 0, 150, lockTime), null);
  }

  /** Where change goes when the server names one number and the browser saw another. */
  private int changeIndex(int said, @Nullable Integer seen) {
    Spendable spendable =
        new Spendable(List.of(coin(5_000_000, 5_000_000, 0)), FEES, said, 150, 150);
    Change change = wish("0.01").spend(new Funds(wallet, spendable, seen), NETWORK).change();
    return change.index();
  }

  private static Wish wish(String btc) {
    return new Wish(List.of(new Line(TO, btc, false, false)), new Wish.Fee(2500, ""), "");
  }

  private static String token(Funds funds, String btc) {
    return catchThrowableOfType(FieldRefused.class, () -> wish(btc).spend(funds, NETWORK))
        .refusal()
        .token();
  }

  @Test
  void buildsAndChecksASpendWithItsChange() {
    CheckedSpend spend = wish("0.01").spend(funds(coin(5_000_000, 5_000_000, 0)), NETWORK);
    assertThat(spend.recipients().get(0).amount()).isEqualTo(new Sats(1_000_000));
    assertThat(spend.change().amount().value())
        .isEqualTo(5_000_000 - 1_000_000 - spend.fee().value());
  }

  @Test
  void changeGoesNoFurtherThanAGapBeyondWhatThisBrowserSaw() {
    assertThat(changeIndex(7, 6)).isEqualTo(7);
    assertThat(changeIndex(26, 6)).isEqualTo(26);
    assertThat(changeIndex(27, 6)).isEqualTo(26);
    assertThat(changeIndex(4_000, 6)).isEqualTo(26);
    assertThat(changeIndex(4_000, null)).isEqualTo(4_000);
  }

  @Test
  void fault24ChangeBeyondTheLastAddressIsRefusedWhateverWasSeen() {
    for (int said : new int[] {5_000, 1_000_000, 1_900_000_000}) {
      for (Integer seen : new Integer[] {null, 6, 1_900_000_000}) {
        assertThatThrownBy(() -> changeIndex(said, seen))
            .isInstanceOfSatisfying(
                FieldRefused.class,
                e -> assertThat(e.refusal().token()).isEqualTo("foreign-change"));
      }
    }
  }

  @Test
  void fault24ACoinWorthLessThanTheServerSaysIsRefused() {
    assertThat(token(funds(coin(4_000_000, 5_000_000, 0)), "0.01")).isEqualTo("wrong-input-amount");
  }

  @Test
  void fault24ACoinOfSomebodyElseIsRefused() {
    assertThat(token(funds(coin(5_000_000, 5_000_000, 7)), "0.01")).isEqualTo("foreign-input");
  }

  @Test
  void fault24AnOlderTransactionInPlaceOfTheOneThatMadeTheCoinIsRefused() {
    SpendableCoin now = coin(3_000_000, 3_000_000, 0);
    SpendableCoin older = coin(5_000_000, 5_000_000, 0);
    SpendableCoin replayed =
        new SpendableCoin(now.txid(), 0, older.value(), 0, 0, 3, false, false, older.previousTx());
    assertThat(token(funds(replayed), "0.01")).isEqualTo("foreign-input");
    SpendableCoin twice = coin(5_000_000, 5_000_000, 0);
    assertThat(token(funds(older, twice), "0.06")).isEqualTo("duplicate-input");
  }

  @Test
  void moreThanThereIsSaysWhatThereIs() {
    Funds funds = funds(coin(5_000_000, 5_000_000, 0));
    assertThat(token(funds, "1")).isEqualTo("insufficient-funds");
    Wish absurd = new Wish(List.of(new Line(TO, "1", false, false)), new Wish.Fee(0, "9999"), "");
    FieldRefused why = catchThrowableOfType(FieldRefused.class, () -> absurd.spend(funds, NETWORK));
    assertThat(why.place()).isEqualTo(FieldRefused.Place.AMOUNT);
    assertThat(why.refusal().token()).isEqualTo("insufficient-funds");
  }

  @Test
  void reservedCoinsAreNotCounted() {
    SpendableCoin free = coin(5_000_000, 5_000_000, 0);
    SpendableCoin reserved =
        new SpendableCoin(free.txid(), 0, 5_000_000, 0, 0, 3, false, true, free.previousTx());
    assertThat(funds(reserved).available()).isEqualTo(Sats.ZERO);
    assertThat(funds(free).available()).isEqualTo(new Sats(5_000_000));
  }

  @Test
  void whatComesBackFromElsewhereIsReadCheckedAndProvedLikeAnySpend() {
    Funds funds = funds(coin(5_000_000, 5_000_000, 0));
    CheckedSpend first = wish("0.01").spend(funds, NETWORK);
    Psbt signed = HalfSigner.sign(first, SampleWallet.account(1));
    Returned returned = Returned.of(Psbt.parse(signed.serialize()));
    CheckedSpend again = funds.brought(returned);
    assertThat(again.digest()).isEqualTo(first.digest());
    assertThat(again.change()).isEqualTo(first.change());
    assertThat(returned.on(again).by()).containsExactly(KeyRole.USER);
    assertThat(funds.previous()).containsOnlyKeys(first.inputs().get(0).outpoint().txid());
    assertThatThrownBy(() -> funds(coin(5_000_000, 5_000_000, 1)).brought(returned))
        .hasMessage("foreign-input");
    assertThatThrownBy(() -> funds(coin(5_000_000, 6_000_000, 0)).brought(returned))
        .hasMessage("wrong-input-amount");
  }

  @Test
  void aNewTransactionCountsFromWhereItIsToldAndWhatComesBackFromTheChainsOwnHeight() {
    SpendableCoin coin = coin(5_000_000, 5_000_000, 0);
    CheckedSpend before = wish("0.01").spend(funds(coin), NETWORK);
    CheckedSpend again = wish("0.01").spend(counting(149, coin), NETWORK);
    assertThat(again.psbt().unsignedTx().lockTime()).isEqualTo(149);
    assertThat(again.digest()).isNotEqualTo(before.digest());
    Psbt signed = HalfSigner.sign(before, SampleWallet.account(1));
    Returned returned = Returned.of(Psbt.parse(signed.serialize()));
    assertThat(counting(149, coin).brought(returned).digest()).isEqualTo(before.digest());
    assertThat(token(counting(151, coin), "0.01")).isEqualTo("locktime-surprise");
  }
}
