package org.trefoil.core.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtInput;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/** What the check takes up to its limits, and what a built proposal says of itself. */
class ProposalLimitsTest {
  private final SpendFixture wallet = SpendFixture.twoOfThree(41);

  ProposalLimitsTest() {
    wallet.addCoin(300_000);
    wallet.addCoin(310_000);
  }

  private Recipient to(int kind, long amount) {
    return new Recipient(Address.ofScript(Network.REGTEST, wallet.script(kind)), new Sats(amount));
  }

  @Test
  void theLeastThatNodesRelayIsNoDust() {
    // Bitcoin Core's: 294 to a P2WPKH, 546 to a P2PKH, 330 to a P2WSH
    for (long[] least : new long[][] {{0, 294}, {1, 546}, {3, 330}}) {
      Intent intent = wallet.pay(4_000, to((int) least[0], least[1]));
      assertThat(wallet.check(wallet.build(intent).psbt(), intent))
          .isInstanceOf(Outcome.Accepted.class);
    }
  }

  /** A field that nobody knows, in the map of the last output. */
  private static Psbt with(Psbt psbt, int bytes) {
    byte[] written = psbt.serialize();
    byte[] longer = Arrays.copyOf(written, written.length + 5 + bytes);
    byte[] field = {1, 0x70, (byte) 0xfd, (byte) (bytes - 1), (byte) (bytes - 1 >> 8)};
    System.arraycopy(field, 0, longer, written.length - 1, field.length);
    return Psbt.parse(Arrays.copyOf(longer, written.length + 4 + bytes));
  }

  @Test
  void fieldsThatNobodyKnowsWeighTenThousandBytesAtMost() {
    Intent intent = wallet.pay(4_000, to(0, 100_000));
    Psbt good = wallet.build(intent).psbt();
    assertThat(wallet.check(with(good, 10_000), intent)).isInstanceOf(Outcome.Accepted.class);
    assertThat(
            refusal(Token.PSBT_MALFORMED, () -> wallet.check(with(good, 10_001), intent).orThrow())
                .data())
        .containsEntry("reason", "too-much-unknown");
  }

  @Test
  void aLockTimeIsAHeightAndNeverATimeOfDay() {
    for (int lockTime : new int[] {499_999_999, 500_000_000}) {
      Intent intent = wallet.pay(4_000, to(0, 100_000));
      OwnScripts own = new OwnScripts(wallet.cosigners());
      Proposal proposal =
          Proposals.build(own, wallet.coins(), intent, SpendFixture.CHANGE_INDEX, lockTime);
      Known known =
          new Known(
              wallet.coins(), FeeBounds.standard(), SpendFixture.CHANGE_INDEX, Integer.MAX_VALUE);
      Outcome outcome = ProposalCheck.check(proposal.psbt(), intent, own, known);
      if (lockTime < 500_000_000) {
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
      } else {
        assertThat(refusal(Token.LOCKTIME_SURPRISE, outcome::orThrow).data())
            .containsEntry("locktime", "500000000");
      }
    }
  }

  @Test
  void aSurpriseIsNamedByWhatItPaysAndHowMuch() {
    Recipient asked = to(0, 100_000);
    Recipient surprise = to(3, 40_000);
    Psbt psbt = wallet.build(wallet.pay(4_000, asked, surprise)).psbt();
    assertThat(
            refusal(
                    Token.SURPRISE_OUTPUT,
                    () -> wallet.check(psbt, wallet.pay(4_000, asked)).orThrow())
                .data())
        .containsEntry("address", surprise.address().text())
        .containsEntry("amount", new Sats(40_000).display());
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void whatIsBuiltSaysWhereEachKeyComesFromAndWhatItsScriptsAre(ScriptType type) {
    SpendFixture some = new SpendFixture(42, type, 2, 3);
    some.addCoin(300_000, 1, 17, 6, false);
    Proposal proposal = some.build(some.pay(4_000, some.recipient(100_000)));
    PsbtInput input = proposal.psbt().inputs().get(0);
    for (int key = 0; key < 3; key++) {
      String origin =
          "%08x".formatted(some.cosigners().keys().get(key).origin().fingerprint())
              + "30000080" // m/48'/1'/0'/2', then the branch and the address
              + "01000080"
              + "00000080"
              + "02000080"
              + "01000000"
              + "11000000";
      assertThat(Hex.of(input.derivations().get(key).origin())).isEqualTo(origin);
      assertThat(input.derivations().get(key).publicKey())
          .isEqualTo(some.child(key, some.coins().get(0)).getPubKey());
    }
    assertThat(input.redeemScript() == null).isEqualTo(type == ScriptType.P2WSH);
    assertThat(input.witnessScript() == null).isEqualTo(type == ScriptType.P2SH);
  }

  @Test
  void inputsAndOutputsAreInTheOrderThatTellsNothing() {
    for (int round = 0; round < 10; round++) {
      Proposal proposal =
          wallet.build(
              wallet.pay(4_000, to(3, 200_000 + round), to(0, 200_000 - round), to(1, 90_000)));
      assertThat(proposal.psbt().unsignedTx().outputs())
          .isSortedAccordingTo(Comparator.naturalOrder());
      assertThat(
              List.of(
                  proposal.psbt().unsignedTx().outpoint(0),
                  proposal.psbt().unsignedTx().outpoint(1)))
          .isSortedAccordingTo(Comparator.naturalOrder());
    }
    List<Coin> turned = List.of(wallet.coins().get(1), wallet.coins().get(0));
    for (List<Coin> coins : List.of(wallet.coins(), turned)) {
      UnsignedTx child =
          new ChildSpend(Sats.ZERO, 1)
              .build(
                  new OwnScripts(wallet.cosigners()),
                  coins,
                  new FeeRate(5_000),
                  SpendFixture.CHANGE_INDEX,
                  SpendFixture.TIP,
                  wallet.previous())
              .psbt()
              .unsignedTx();
      assertThat(child.outpoint(0)).isLessThan(child.outpoint(1));
    }
  }

  @Test
  void theDigestIsATaggedHashOfTheTransactionAndEachAmountItSpends()
      throws NoSuchAlgorithmException {
    Intent intent = wallet.pay(4_000, to(0, 500_000));
    CheckedSpend spend = wallet.check(wallet.build(intent).psbt(), intent).orThrow();
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] tag = sha256.digest("trefoil/spend/1".getBytes(StandardCharsets.UTF_8));
    sha256.update(tag);
    sha256.update(tag);
    sha256.update(spend.psbt().unsignedTx().bytes());
    List<Sats> amounts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      long amount = spend.inputs().get(i).value().value();
      amounts.add(new Sats(amount));
      for (int b = 0; b < 8; b++) {
        sha256.update((byte) (amount >>> 8 * b));
      }
    }
    byte[] digest = sha256.digest();
    assertThat(spend.digest()).isEqualTo(digest);
    assertThat(SpendDigest.of(spend.psbt().unsignedTx(), amounts)).isEqualTo(digest);
  }

  @Test
  void aChildMustPayMoreForItsSizeThanWhatItPullsAlong() {
    OwnScripts own = new OwnScripts(wallet.cosigners());
    wallet.coins().clear();
    var paid = wallet.addCoin(800_000, 0, 3, 0, false);
    int next = SpendFixture.CHANGE_INDEX;
    Proposal built =
        new ChildSpend(Sats.ZERO, 1)
            .build(
                own, wallet.coins(), new FeeRate(5_000), next, SpendFixture.TIP, wallet.previous());
    CheckedSpend child = wallet.check(built.psbt(), built.intent()).orThrow();
    long fee = child.fee().value();
    new ChildSpend(new Sats(fee - 1), child.vsize()).check(child, paid.outpoint().txid(), next);
    assertThat(
            refusal(
                    Token.REPLACEMENT_FEE_TOO_LOW,
                    () ->
                        new ChildSpend(new Sats(fee), child.vsize())
                            .check(child, paid.outpoint().txid(), next))
                .data())
        .containsEntry("fee", child.fee().display())
        .containsEntry("least", new Sats(fee + 1).display());
    assertThat(new ChildSpend(new Sats(10_000_000_000L), 1_000_000).vsize()).isEqualTo(1_000_000);
    refusal(Token.WRONG_VALUE, () -> new ChildSpend(new Sats(10_000_000_001L), 200));
  }

  @Test
  void whatComesBackToOurselvesIsNoDust() {
    OwnScripts own = new OwnScripts(wallet.cosigners());
    ChildSpend parent = new ChildSpend(Sats.ZERO, 1);
    int next = SpendFixture.CHANGE_INDEX;
    wallet.coins().clear();
    wallet.addCoin(800_000, 0, 3, 0, false);
    FeeRate rate = new FeeRate(5_000);
    long fee =
        parent
            .build(own, wallet.coins(), rate, next, SpendFixture.TIP, wallet.previous())
            .fee()
            .value();
    wallet.coins().clear();
    wallet.addCoin(fee + 330, 0, 3, 0, false);
    Proposal least =
        parent.build(own, wallet.coins(), rate, next, SpendFixture.TIP, wallet.previous());
    assertThat(least.intent().recipients().get(0).amount()).isEqualTo(new Sats(330));
    wallet.coins().clear();
    wallet.addCoin(fee + 329, 0, 3, 0, false);
    assertThat(
            refusal(
                    Token.REPLACEMENT_NO_ROOM,
                    () ->
                        parent.build(
                            own, wallet.coins(), rate, next, SpendFixture.TIP, wallet.previous()))
                .data())
        .containsEntry("most", new Sats(fee - 1).display());
  }
}
