package org.trefoil.core.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.KeyDerivation;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtDraft;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/** What a spend that was made elsewhere does, read from it alone. */
class FoundSpendTest {
  private final SpendFixture wallet = SpendFixture.twoOfThree(31);
  private final OwnScripts own = new OwnScripts(wallet.cosigners());

  FoundSpendTest() {
    wallet.addCoin(300_000);
    wallet.addCoin(310_000);
  }

  private CheckedSpend found(Psbt psbt) {
    return FoundSpend.of(Psbt.parse(psbt.serialize()), own, FeeBounds.standard());
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void itIsReadAsItWasAskedForWhereItWasMade(ScriptType type) {
    SpendFixture some = new SpendFixture(32, type, 2, 3);
    some.addCoin(200_000);
    some.addCoin(250_000);
    Intent intent = some.pay(3_000, some.recipient(300_000), some.recipient(20_000));
    CheckedSpend made = some.check(some.build(intent).psbt(), intent).orThrow();
    CheckedSpend found =
        FoundSpend.of(
            Psbt.parse(made.psbt().serialize()),
            new OwnScripts(some.cosigners()),
            FeeBounds.standard());
    assertThat(found.recipients()).containsExactlyInAnyOrderElementsOf(made.recipients());
    assertThat(found.change()).isEqualTo(made.change()).isNotNull();
    assertThat(found.fee()).isEqualTo(made.fee());
    assertThat(found.digest()).isEqualTo(made.digest());
  }

  /** An output, and what the PSBT says of where it is in the wallet. */
  private record Out(TxOutput output, @Nullable OwnScript claims) {}

  private Out to(int branch, int index, long amount) {
    OwnScript script = own.at(branch, index);
    return new Out(new TxOutput(new Sats(amount), script.scriptPubKey()), script);
  }

  /** Spends both coins. */
  private Psbt spend(Out... outputs) {
    List<Outpoint> outpoints = new ArrayList<>();
    for (Coin coin : wallet.coins()) {
      outpoints.add(coin.outpoint());
    }
    List<TxOutput> paid = new ArrayList<>();
    for (Out out : outputs) {
      paid.add(out.output());
    }
    PsbtDraft draft =
        new PsbtDraft(UnsignedTx.of(outpoints, (int) Proposals.SEQUENCE, paid, SpendFixture.TIP));
    for (Coin coin : wallet.coins()) {
      OwnScript from = own.at(coin.branch(), coin.index());
      SpendFixture.input(draft, from, coin);
    }
    for (Out out : outputs) {
      if (out.claims() == null) {
        draft.output();
      } else {
        draft.output(null, out.claims().witnessScript(), out.claims().derivations());
      }
    }
    return draft.finish();
  }

  private static Recipient recipient(Out out) {
    return new Recipient(
        Address.ofScript(Network.REGTEST, out.output().script()), out.output().value());
  }

  private Out payment() {
    return new Out(new TxOutput(new Sats(100_000), wallet.script(0)), null);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void oneOutputAtMostIsChangeAndTheNextOneIsShown(int index) {
    Out second = to(Cosigners.CHANGE, 4, 208_000);
    CheckedSpend found = found(spend(payment(), to(Cosigners.CHANGE, index, 300_000), second));
    assertThat(found.change()).isEqualTo(new Change(index, new Sats(300_000)));
    assertThat(found.recipients()).hasSize(2).contains(recipient(second));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void whatComesBackAsAWholeIsShownAndNotHiddenAsChange(int index) {
    Out back = to(Cosigners.CHANGE, index, 608_000);
    CheckedSpend found = found(spend(back));
    assertThat(found.change()).isNull();
    assertThat(found.recipients()).containsExactly(recipient(back));
  }

  @ParameterizedTest
  @CsvSource({"0,3", "1,5000", "1,2147483647"})
  void whatIsNotOnTheChangeBranchOrOutOfReachIsShown(int branch, int index) {
    Out other = to(branch, index, 508_000);
    CheckedSpend found = found(spend(payment(), other));
    assertThat(found.change()).isNull();
    assertThat(found.recipients()).hasSize(2).contains(recipient(other));
  }

  @ParameterizedTest
  @CsvSource({"0", "4999"})
  void changeIsKnownToTheEndsOfItsReach(int index) {
    CheckedSpend found = found(spend(payment(), to(Cosigners.CHANGE, index, 508_000)));
    assertThat(found.change()).isEqualTo(new Change(index, new Sats(508_000)));
    assertThat(found.recipients()).hasSize(1);
  }

  @Test
  void anOutputThatOnlySaysThatItIsChangeIsShown() {
    Out lie =
        new Out(new TxOutput(new Sats(508_000), wallet.script(3)), own.at(Cosigners.CHANGE, 3));
    CheckedSpend found = found(spend(payment(), lie));
    assertThat(found.change()).isNull();
    assertThat(found.recipients()).hasSize(2).contains(recipient(lie));
  }

  @Test
  void anOutputWithoutAnAddressIsRefused() {
    Out data = new Out(new TxOutput(new Sats(508_000), new byte[] {0x6a, 1, 7}), null);
    assertThat(refusal(Token.SURPRISE_OUTPUT, () -> found(spend(payment(), data))).data())
        .containsEntry("address", "a script without an address")
        .containsEntry("amount", new Sats(508_000).display());
  }

  @Test
  void anInputMustSayWhereInTheWalletItIs() {
    Coin coin = wallet.coins().get(1);
    OwnScript from = own.at(coin.branch(), coin.index());
    byte[] key = from.derivations().get(0).publicKey();
    for (List<KeyDerivation> claims :
        List.of(
            List.<KeyDerivation>of(),
            List.of(KeyDerivation.of(key, 7)),
            List.of(KeyDerivation.of(key, 7, 3)),
            List.of(KeyDerivation.of(key, 7, 2, 3)),
            List.of(KeyDerivation.of(key, 7, -1, 3)),
            List.of(KeyDerivation.of(key, 7, 0, -3)))) {
      List<TxOutput> paid = List.of(payment().output());
      UnsignedTx tx =
          UnsignedTx.of(List.of(coin.outpoint()), (int) Proposals.SEQUENCE, paid, SpendFixture.TIP);
      Psbt psbt =
          new PsbtDraft(tx)
              .input(null, new TxOutput(coin.value(), from.scriptPubKey()), null, null, claims)
              .output()
              .finish();
      assertThat(refusal(Token.FOREIGN_INPUT, () -> found(psbt)).data())
          .containsEntry("outpoint", coin.outpoint().toString());
    }
  }

  @Test
  void aCoinOfAnotherWalletIsForeign() {
    SpendFixture other = SpendFixture.twoOfThree(33);
    other.addCoin(400_000);
    Psbt theirs = other.build(other.pay(2_000, other.recipient(90_000))).psbt();
    refusal(Token.FOREIGN_INPUT, () -> found(theirs));
  }

  @Test
  void itsFeeIsHeldAgainstWhatAnyFeeMayBe() {
    Psbt psbt = spend(payment(), to(Cosigners.CHANGE, 3, 508_000));
    long fee = 2_000;
    long vsize = found(psbt).vsize();
    assertThat(found(psbt).fee()).isEqualTo(new Sats(fee));
    FeeRate below = new FeeRate(fee * 1_000 / vsize - 100);
    FeeRate above = new FeeRate(fee * 1_000 / vsize + 100);
    FeeRate any = new FeeRate(900_000);
    refusal(Token.FEE_TOO_LOW, () -> FoundSpend.of(psbt, own, FeeBounds.of(above, any)));
    refusal(
        Token.FEE_TOO_HIGH, () -> FoundSpend.of(psbt, own, FeeBounds.of(new FeeRate(1), below)));
    FoundSpend.of(psbt, own, FeeBounds.of(below, above));
  }

  @Test
  void whoHasSignedIsWhoHasSignedEveryInputRightly() {
    Psbt psbt = spend(payment(), to(Cosigners.CHANGE, 3, 508_000));
    CheckedSpend none = found(psbt);
    assertThat(FoundSpend.signedBy(none)).isEmpty();
    Psbt byBackup = wallet.sign(none, psbt, 1);
    assertThat(FoundSpend.signedBy(found(byBackup))).containsExactly(KeyRole.BACKUP);
    Psbt byBoth = wallet.sign(none, byBackup, 0);
    assertThat(FoundSpend.signedBy(found(byBoth))).containsExactly(KeyRole.USER, KeyRole.BACKUP);
    InputSignature second =
        new InputSignature(1, byBackup.inputs().get(1).partialSignatures().get(0));
    Psbt half = psbt.withSignatures(List.of(second));
    assertThat(FoundSpend.signedBy(found(half))).isEmpty();
    byte[] bent = second.signature().signature();
    bent[20] ^= 1;
    Psbt wrong =
        psbt.withSignatures(List.of(InputSignature.of(1, second.signature().publicKey(), bent)));
    CheckedSpend spoiled = found(wrong);
    assertThat(refusal(Token.SIGNATURE_WRONG, () -> FoundSpend.signedBy(spoiled)).data())
        .containsEntry("input", "1");
  }
}
