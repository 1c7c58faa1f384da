package org.trefoil.custody.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.acinq.bitcoin.OutPoint;
import fr.acinq.bitcoin.Satoshi;
import fr.acinq.bitcoin.ScriptFlags;
import fr.acinq.bitcoin.Transaction;
import fr.acinq.bitcoin.TxId;
import fr.acinq.bitcoin.TxOut;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.custody.passcode.Passcode;

/**
 * From coins to a transaction that nodes take, with every pair of keys and every kind of wallet.
 */
class SpendAndSignTest {
  private static final FeeRate RATE = new FeeRate(3_250);
  private static final List<List<KeyRole>> PAIRS =
      List.of(
          List.of(KeyRole.USER, KeyRole.BACKUP),
          List.of(KeyRole.SERVER, KeyRole.BACKUP),
          List.of(KeyRole.USER, KeyRole.SERVER));

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void anyTwoOfTheThreeKeysSweepAndPay(ScriptType type) {
    PaidWallet wallet = paid(type);
    FoundCoins coins = wallet.found(wallet.listUnspent(), wallet.hex());
    CheckedSpend sweep = Spending.everything(coins, stranger(), RATE);
    assertThat(sweep.inputs()).hasSize(3);
    assertThat(sweep.change()).isNull();
    List<Recipient> two =
        List.of(
            new Recipient(stranger(), new Sats(40_000)),
            new Recipient(address(wallet.cosigners().address(0, 9)), new Sats(60_000)));
    CheckedSpend pay = Spending.pay(coins, two, RATE);
    assertThat(pay.change()).isNotNull();
    // Behind the last change address that holds a coin.
    assertThat(pay.change().index()).isEqualTo(31);
    for (List<KeyRole> pair : PAIRS) {
      for (CheckedSpend spend : List.of(sweep, pay)) {
        Signed signed = sign(wallet.paper, spend, pair);
        assertThat(signed).isInstanceOf(Signed.Whole.class);
        assertThat(signed.by()).containsExactlyInAnyOrderElementsOf(pair);
        judge(wallet, spend, ((Signed.Whole) signed).tx().bytes());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"P2WSH,3,5", "P2SH_P2WSH,4,7", "P2SH,7,7", "P2WSH,2,2"})
  void asManyOfTheOwnersAsTheWalletAsksForSweepIt(ScriptType type, int threshold, int keys) {
    PaidWallet wallet = paid(type, threshold, keys);
    String descriptor = wallet.cosigners().descriptor();
    assertThat(DescriptorText.read(descriptor, Network.REGTEST)).isEqualTo(wallet.cosigners());
    FoundCoins coins = wallet.found(wallet.listUnspent(), wallet.hex());
    CheckedSpend sweep = Spending.everything(coins, stranger(), RATE);
    // The last ones first: with the server's, and never more than are needed.
    List<KeyRole> roles = new ArrayList<>(KeyRole.ofWallet(keys));
    Collections.reverse(roles);
    Psbt psbt = sweep.psbt();
    OwnPlaces places = new OwnPlaces(wallet.cosigners());
    for (int i = 1; i < threshold; i++) {
      CheckedSpend brought = BroughtSpend.read(psbt.base64(), places).spend();
      Signed half = sign(wallet.paper, brought, roles.subList(i - 1, i));
      assertThat(((Signed.Half) half).missing()).isEqualTo(threshold - i);
      psbt = half.psbt();
    }
    BroughtSpend last = BroughtSpend.read(psbt.base64(), places);
    assertThat(last.signedBy()).hasSize(threshold - 1);
    Signed whole = sign(wallet.paper, last.spend(), roles.subList(threshold - 1, keys));
    assertThat(whole.by()).hasSize(threshold);
    judge(wallet, sweep, ((Signed.Whole) whole).tx().bytes());
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void oneKeySignsHereAndAnotherOneElsewhere(ScriptType type) {
    PaidWallet wallet = paid(type);
    FoundCoins coins = wallet.found(wallet.scanTxOutSet(), wallet.hex());
    CheckedSpend made =
        Spending.pay(coins, List.of(new Recipient(stranger(), new Sats(41_000))), RATE);
    Signed half = sign(wallet.paper, made, List.of(KeyRole.SERVER));
    assertThat(half).isInstanceOf(Signed.Half.class);
    assertThat(((Signed.Half) half).missing()).isEqualTo(1);
    // Elsewhere, on a machine that knows the wallet's descriptor and nothing of its coins.
    OwnPlaces places = new OwnPlaces(wallet.cosigners());
    for (String text :
        List.of(
            half.psbt().base64(), Hex.of(half.psbt().serialize()), "\n" + half.psbt().base64())) {
      BroughtSpend brought = BroughtSpend.read(text, places);
      assertThat(brought.signedBy()).containsExactly(KeyRole.SERVER);
      CheckedSpend spend = brought.spend();
      assertThat(spend.recipients()).isEqualTo(made.recipients());
      assertThat(spend.change()).isEqualTo(made.change());
      assertThat(spend.fee()).isEqualTo(made.fee());
      assertThat(spend.digest()).isEqualTo(made.digest());
    }
    BroughtSpend brought = BroughtSpend.read(half.psbt().serialize(), places);
    Signed again = sign(wallet.paper, brought.spend(), List.of(KeyRole.SERVER));
    assertThat(again).isInstanceOf(Signed.Half.class);
    assertThat(again.psbt().base64()).isEqualTo(half.psbt().base64());
    Signed whole = sign(wallet.paper, brought.spend(), List.of(KeyRole.SERVER, KeyRole.BACKUP));
    assertThat(whole.by()).containsExactly(KeyRole.SERVER, KeyRole.BACKUP);
    judge(wallet, made, ((Signed.Whole) whole).tx().bytes());
    // Both halves, signed apart and put together.
    Signed other = sign(wallet.paper, made, List.of(KeyRole.BACKUP));
    Psbt both = half.psbt().combine(other.psbt());
    BroughtSpend complete = BroughtSpend.read(both.serialize(), places);
    assertThat(complete.signedBy()).containsExactly(KeyRole.BACKUP, KeyRole.SERVER);
    Signed ready = sign(wallet.paper, complete.spend(), List.of());
    assertThat(((Signed.Whole) ready).tx().bytes()).isEqualTo(((Signed.Whole) whole).tx().bytes());
  }

  @Test
  void aSweepBroughtFromElsewhereSaysWhereItGoes() {
    PaidWallet wallet = paid(ScriptType.P2WSH);
    FoundCoins coins = wallet.found(wallet.listUnspent());
    OwnPlaces places = new OwnPlaces(wallet.cosigners());
    Address own = address(wallet.cosigners().address(1, 7));
    for (Address to : List.of(stranger(), own)) {
      CheckedSpend made = Spending.everything(coins, to, RATE);
      CheckedSpend read = BroughtSpend.read(made.psbt().base64(), places).spend();
      assertThat(read.recipients()).hasSize(1);
      assertThat(read.recipients().get(0).address()).isEqualTo(to);
      assertThat(read.fee()).isEqualTo(made.fee());
      assertThat(read.change()).isNull();
    }
  }

  @Test
  void aSpendOfAnotherWalletOrWithAWrongSignatureIsRefused() {
    PaidWallet wallet = paid(ScriptType.P2WSH);
    PaidWallet other = new PaidWallet("another", ScriptType.P2WSH);
    CheckedSpend made = Spending.everything(wallet.found(wallet.listUnspent()), stranger(), RATE);
    assertThatThrownBy(
            () -> BroughtSpend.read(made.psbt().base64(), new OwnPlaces(other.cosigners())))
        .isInstanceOf(RefusedException.class)
        .hasMessage("foreign-input");
    assertThatThrownBy(() -> BroughtSpend.read("cHNidP8BAAAA", new OwnPlaces(wallet.cosigners())))
        .hasMessage("psbt-malformed");
    Signed half = sign(wallet.paper, made, List.of(KeyRole.USER));
    byte[] bent = half.psbt().serialize();
    int at = signatureAt(bent);
    bent[at + 10] ^= 1;
    assertThatThrownBy(() -> BroughtSpend.read(bent, new OwnPlaces(wallet.cosigners())))
        .hasMessage("signature-wrong")
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().data()).containsKey("input"));
    byte[] none = half.psbt().serialize();
    none[at + (none[at + 1] & 0xff) + 2] = 3; // SIGHASH_SINGLE
    assertThatThrownBy(() -> BroughtSpend.read(none, new OwnPlaces(wallet.cosigners())))
        .hasMessage("sighash-not-all");
  }

  /** Where the first DER signature begins: a field of 33 bytes of key, then 30 44 or 30 45. */
  private static int signatureAt(byte[] psbt) {
    for (int i = 0; i + 4 < psbt.length; i++) {
      boolean length = psbt[i] == 0x47 || psbt[i] == 0x48 || psbt[i] == 0x46;
      if (length && psbt[i + 1] == 0x30 && psbt[i + 2] == psbt[i] - 3 && psbt[i + 3] == 2) {
        return i + 1;
      }
    }
    throw new AssertionError("no signature");
  }

  @Test
  void aSpendThatMakesNoSenseIsRefused() {
    PaidWallet wallet = paid(ScriptType.P2WSH);
    FoundCoins coins = wallet.found(wallet.listUnspent());
    Recipient tooMuch = new Recipient(stranger(), new Sats(90_000_000));
    assertThatThrownBy(() -> Spending.pay(coins, List.of(tooMuch), RATE))
        .hasMessage("insufficient-funds");
    Recipient dust = new Recipient(stranger(), new Sats(100));
    assertThatThrownBy(() -> Spending.pay(coins, List.of(dust), RATE)).hasMessage("dust");
    assertThatThrownBy(() -> Spending.everything(coins, stranger(), new FeeRate(600_000)))
        .hasMessage("fee-too-high");
    assertThatThrownBy(() -> Spending.everything(coins, stranger(), new FeeRate(900)))
        .hasMessage("fee-too-low");
    Address mainnet = Address.parse("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", Network.MAINNET);
    assertThatThrownBy(() -> Spending.everything(coins, mainnet, RATE)).hasMessage("other-network");
  }

  @Test
  void moreCoinsThanFitGoInRoundsTheMostValuableFirst() {
    PaidWallet wallet = new PaidWallet("crowd", ScriptType.P2WSH);
    long all = 0;
    for (int i = 0; i < 1_200; i++) {
      wallet.pay(0, 0, 50_000 + i);
      all += 50_000 + i;
    }
    FoundCoins coins = wallet.found(wallet.listUnspent());
    CheckedSpend first = Spending.everything(coins, stranger(), RATE);
    int most = first.psbt().inputs().size();
    assertThat(most).isBetween(900, 1_000);
    assertThat(Spending.rounds(coins, stranger(), RATE)).isEqualTo(2);
    int left = 1_200 - most;
    long ofThose = 50_000L * left + (long) left * (left - 1) / 2;
    long paid = first.recipients().get(0).amount().value() + first.fee().value();
    assertThat(paid).isEqualTo(all - ofThose);
  }

  @Test
  void theSealedKeyAndThePasscodeSignWithTheWordsOfSheetA() {
    PaidWallet wallet = paid(ScriptType.P2WSH);
    CheckedSpend spend = Spending.everything(wallet.found(wallet.listUnspent()), stranger(), RATE);
    try (Passcode passcode = Passcode.typed(PaperWallet.PASSCODE.toCharArray());
        SealedKeyOpening opening =
            SealedKeyOpening.begin(wallet.paper.sealed(), passcode, wallet.cosigners());
        OpenedKey user = opening.run();
        OpenedKey backup = wallet.paper.open(KeyRole.BACKUP);
        Signing signing = Signing.begin(spend, List.of(user, backup))) {
      assertThat(user.role()).isEqualTo(KeyRole.USER);
      assertThat(signing.percent()).isZero();
      assertThat(opening.percent()).isEqualTo(100);
      assertThat(signing.step()).isTrue();
      assertThat(signing.percent()).as("within the first of two keys").isBetween(1, 50);
      assertThatThrownBy(signing::finish).isInstanceOf(IllegalStateException.class);
      judge(wallet, spend, ((Signed.Whole) signing.run()).tx().bytes());
      assertThat(signing.percent()).isEqualTo(100);
      assertThat(user).hasToString("OpenedKey[redacted]");
    }
    try (Passcode wrong = Passcode.typed("wrong".toCharArray());
        SealedKeyOpening opening =
            SealedKeyOpening.begin(wallet.paper.sealed(), wrong, wallet.cosigners())) {
      assertThatThrownBy(opening::run).hasMessage("passcode-wrong");
    }
    Cosigners other = new PaperWallet("not this one", ScriptType.P2WSH).cosigners();
    try (Passcode passcode = Passcode.typed(PaperWallet.PASSCODE.toCharArray());
        SealedKeyOpening opening = SealedKeyOpening.begin(wallet.paper.sealed(), passcode, other)) {
      assertThatThrownBy(opening::run).hasMessage("paper-other-key");
    }
  }

  @Test
  void anOpenKeyIsOneOfTheWalletsAndIsWipedWhenItIsClosed() {
    PaperWallet paper = new PaperWallet("wiped", ScriptType.P2WSH);
    for (KeyRole role : KeyRole.ofWallet(3)) {
      OpenedKey key = paper.open(role);
      assertThat(key.role()).isEqualTo(role);
      assertThat(key.cosignerKey()).isEqualTo(paper.cosigners().key(role));
      key.account().sign(0, 0, new byte[32]);
      key.close();
      assertThatThrownBy(() -> key.account().sign(new byte[32]))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whoeverHasNoKeyToAddIsDoneAtOnce() {
    PaidWallet wallet = paid(ScriptType.P2WSH);
    CheckedSpend spend = Spending.everything(wallet.found(wallet.listUnspent()), stranger(), RATE);
    try (Signing signing = Signing.begin(spend, List.of())) {
      assertThat(signing.percent()).isEqualTo(100);
      assertThat(signing.step()).isFalse();
      assertThat(((Signed.Half) signing.finish()).missing()).isEqualTo(2);
    }
  }

  @Test
  void theFirstAddressesAreTheWalletsOwn() {
    Cosigners wallet = new PaperWallet("first", ScriptType.P2WSH).cosigners();
    assertThat(FirstAddresses.of(wallet))
        .containsExactly(wallet.address(0, 0), wallet.address(0, 1), wallet.address(0, 2));
  }

  @Test
  void textsOfPaperAreToldApart() {
    PaperWallet paper = new PaperWallet("kinds", ScriptType.P2SH_P2WSH);
    assertThat(kind(paper.cosigners().descriptor())).isEqualTo(PaperKind.DESCRIPTOR);
    assertThat(kind(" " + paper.sealed().text() + "\n")).isEqualTo(PaperKind.SEALED_KEY);
    assertThat(kind(paper.words(KeyRole.USER))).isEqualTo(PaperKind.WORDS);
    assertThat(kind("cHNidP8BAAA")).isEqualTo(PaperKind.PSBT);
    assertThat(kind("70736274FF01")).isEqualTo(PaperKind.PSBT);
    assertThat(kind("bitcoin:bcrt1q")).isEqualTo(PaperKind.OTHER);
    assertThat(kind("")).isEqualTo(PaperKind.OTHER);
  }

  private static PaperKind kind(String text) {
    return PaperKind.of(text.toCharArray());
  }

  private static PaidWallet paid(ScriptType type) {
    return paid(type, 2, 3);
  }

  private static PaidWallet paid(ScriptType type, int threshold, int keys) {
    PaidWallet wallet = new PaidWallet("signs " + type, type, threshold, keys);
    wallet.pay(0, 0, 100_000);
    wallet.pay(1, 30, 70_000);
    wallet.pay(0, 22, 33_333);
    return wallet;
  }

  private static Signed sign(PaperWallet paper, CheckedSpend spend, List<KeyRole> roles) {
    List<OpenedKey> keys = new ArrayList<>();
    roles.forEach(role -> keys.add(paper.open(role)));
    try (Signing signing = Signing.begin(spend, keys)) {
      return signing.run();
    } finally {
      keys.forEach(OpenedKey::close);
    }
  }

  private static Address stranger() {
    return address("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080");
  }

  private static Address address(String text) {
    return Address.parse(text, Network.REGTEST);
  }

  /** An independent script interpreter over libsecp256k1. */
  private static void judge(PaidWallet wallet, CheckedSpend spend, byte[] tx) {
    Transaction judged = Transaction.read(tx);
    Map<OutPoint, TxOut> spent = new HashMap<>();
    spend
        .inputs()
        .forEach(
            coin -> {
              PaidWallet.Paid paid = wallet.paid.get(coin.outpoint());
              spent.put(
                  new OutPoint(new TxId(coin.outpoint().txid()), coin.outpoint().vout()),
                  new TxOut(new Satoshi(paid.amount().value()), paid.script()));
            });
    judged.correctlySpends(spent, ScriptFlags.STANDARD_SCRIPT_VERIFY_FLAGS);
  }
}
