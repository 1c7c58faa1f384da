package org.trefoil.core.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.Finalizer;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.PartialSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtDraft;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

/** What comes back from another signer: the right thing however it looks, and nothing else. */
class ReturnedTest {
  private static final int USER = 0;
  private static final int BACKUP = 1;
  private static final int SERVER = 2;

  private SpendFixture wallet;
  private CheckedSpend spend;

  @BeforeEach
  void spend() {
    wallet = SpendFixture.twoOfThree(5);
    wallet.addCoin(600_000);
    wallet.addCoin(700_000);
    spend = checked(wallet, wallet.pay(2_000, wallet.recipient(900_000)));
    assertThat(spend.inputs()).hasSize(2);
  }

  private static CheckedSpend checked(SpendFixture wallet, Intent intent) {
    Proposal proposal = wallet.build(intent);
    return wallet.check(proposal.psbt(), proposal.intent()).orThrow();
  }

  private HalfSigned returned(Psbt psbt) {
    return Returned.of(Psbt.parse(psbt.serialize())).on(spend);
  }

  private void refused(String token, Psbt psbt) {
    assertThatThrownBy(() -> returned(psbt)).hasMessage(token);
  }

  /** The same transaction, of which a PSBT says nothing at all. */
  private static Psbt bare(UnsignedTx tx) {
    PsbtDraft draft = new PsbtDraft(tx);
    for (int i = 0; i < tx.inputCount(); i++) {
      draft.input(null, null, null, null, List.of());
    }
    for (int i = 0; i < tx.outputs().size(); i++) {
      draft.output();
    }
    return draft.finish();
  }

  private List<InputSignature> signatures(int key) {
    List<InputSignature> signatures = new ArrayList<>();
    Psbt signed = wallet.sign(spend, spend.psbt(), key);
    for (int i = 0; i < signed.inputs().size(); i++) {
      signatures.add(new InputSignature(i, signed.inputs().get(i).partialSignatures().get(0)));
    }
    return signatures;
  }

  private static InputSignature bent(InputSignature signature, int at, int difference) {
    byte[] der = signature.signature().signature();
    der[at < 0 ? der.length + at : at] ^= (byte) difference;
    return InputSignature.of(signature.input(), signature.signature().publicKey(), der);
  }

  @Test
  void theBackupKeysSignatureCountsAsTheUserKeysDoes() {
    HalfSigned backup = returned(wallet.sign(spend, spend.psbt(), BACKUP));
    assertThat(backup.by()).containsExactly(KeyRole.BACKUP);
    HalfSigned user = returned(wallet.sign(spend, spend.psbt(), USER));
    assertThat(user.by()).containsExactly(KeyRole.USER);
    Psbt both = backup.psbt().combine(wallet.sign(spend, spend.psbt(), SERVER));
    assertThat(FinalTx.finish(both, wallet.cosigners()).txid())
        .isEqualTo(spend.psbt().unsignedTx().txid());
  }

  @Test
  void aSignerMayLeaveOutOrAddWhateverItLikes() {
    Psbt stripped = bare(spend.psbt().unsignedTx()).withSignatures(signatures(BACKUP));
    Psbt plain = returned(stripped).psbt();
    assertThat(plain.serialize())
        .isEqualTo(returned(wallet.sign(spend, spend.psbt(), BACKUP)).psbt().serialize());
    Psbt loaded = spend.psbt().withPrevious(wallet.previous()).withSignatures(signatures(BACKUP));
    assertThat(loaded.serialize().length).isGreaterThan(plain.serialize().length);
    assertThat(returned(loaded).psbt().serialize()).isEqualTo(plain.serialize());
  }

  @Test
  void anAmountAlteredByOneSatoshiIsAnotherSpend() {
    UnsignedTx tx = spend.psbt().unsignedTx();
    for (int output = 0; output < tx.outputs().size(); output++) {
      List<TxOutput> outputs = new ArrayList<>(tx.outputs());
      TxOutput old = outputs.get(output);
      outputs.set(output, new TxOutput(new Sats(old.value().value() - 1), old.script()));
      refused("other-spend", altered(outputs));
    }
  }

  @Test
  void otherOutputsAreAnotherSpend() {
    List<TxOutput> outputs = new ArrayList<>(spend.psbt().unsignedTx().outputs());
    outputs.set(0, new TxOutput(outputs.get(0).value(), wallet.script(0)));
    refused("other-spend", altered(outputs));
    outputs.add(new TxOutput(new Sats(1_000), wallet.script(0)));
    refused("other-spend", altered(outputs));
  }

  private Psbt altered(List<TxOutput> outputs) {
    UnsignedTx tx = spend.psbt().unsignedTx();
    List<Outpoint> inputs = List.of(tx.outpoint(0), tx.outpoint(1));
    UnsignedTx other = UnsignedTx.of(inputs, (int) tx.sequence(0), outputs, (int) tx.lockTime());
    return bare(other).withSignatures(signatures(BACKUP));
  }

  @Test
  void anotherSighashIsRefused() {
    for (int type : new int[] {2, 3, 0x81, 0x83}) {
      InputSignature bent = bent(signatures(BACKUP).get(0), -1, 1 ^ type);
      Psbt psbt = spend.psbt().withSignatures(List.of(bent, signatures(BACKUP).get(1)));
      refused("sighash-not-all", psbt);
    }
  }

  @Test
  void aForeignKeysSignatureIsRefused() {
    SpendFixture stranger = SpendFixture.twoOfThree(6);
    stranger.addCoin(1_000_000);
    CheckedSpend theirs = checked(stranger, stranger.pay(2_000, stranger.recipient(900_000)));
    PartialSignature foreign =
        stranger.sign(theirs, theirs.psbt(), BACKUP).inputs().get(0).partialSignatures().get(0);
    refused(
        "signature-wrong",
        spend
            .psbt()
            .withSignatures(List.of(new InputSignature(0, foreign), signatures(BACKUP).get(1))));
    List<InputSignature> more = new ArrayList<>(signatures(BACKUP));
    more.add(new InputSignature(0, foreign));
    refused("signature-wrong", spend.psbt().withSignatures(more));
  }

  @Test
  void theServersSignatureIsNotThePersons() {
    refused("signature-wrong", wallet.sign(spend, spend.psbt(), SERVER));
  }

  @Test
  void aWrongSignatureUnderTheRightNameIsRefused() {
    InputSignature bent = bent(signatures(BACKUP).get(1), 20, 1);
    refused(
        "signature-wrong", spend.psbt().withSignatures(List.of(signatures(BACKUP).get(0), bent)));
    InputSignature swapped =
        InputSignature.of(
            0,
            signatures(BACKUP).get(0).signature().publicKey(),
            signatures(BACKUP).get(1).signature().signature());
    refused(
        "signature-wrong",
        spend.psbt().withSignatures(List.of(swapped, signatures(BACKUP).get(1))));
  }

  @Test
  void aMissingSignatureIsRefused() {
    refused("not-signed-yet", spend.psbt());
    refused("signature-missing", spend.psbt().withSignatures(signatures(BACKUP).subList(0, 1)));
    refused("signature-missing", spend.psbt().withSignatures(signatures(BACKUP).subList(1, 2)));
    refused(
        "signature-wrong",
        spend.psbt().withSignatures(List.of(signatures(USER).get(0), signatures(BACKUP).get(1))));
  }

  @Test
  void whatTwoKeysHaveSignedNeedsNobodyAnyMore() {
    Psbt both = wallet.sign(spend, wallet.sign(spend, spend.psbt(), USER), BACKUP);
    refused("spend-complete", both);
    refused("spend-complete", Finalizer.finish(both));
  }

  @ParameterizedTest
  @EnumSource(ScriptType.class)
  void whatATransactionDoesIsReadFromItAlone(ScriptType type) {
    for (int round = 0; round < 30; round++) {
      SpendFixture some = new SpendFixture(400 + round, type, 2, 3);
      Random random = some.random();
      for (int i = random.nextInt(5); i >= 0; i--) {
        some.addCoin(100_000 + random.nextInt(2_000_000));
      }
      FeeRate rate = new FeeRate(1_000 + random.nextInt(20_000));
      Intent intent =
          round % 3 == 0
              ? new Intent(List.of(some.recipient(0)), true, rate)
              : some.pay(rate.satPerKvB(), some.recipient(20_000), some.recipient(9_000));
      CheckedSpend first = checked(some, intent);
      Psbt signed = some.sign(first, bare(first.psbt().unsignedTx()), BACKUP);
      Returned returned = Returned.of(Psbt.parse(signed.serialize()));
      OwnScripts own = new OwnScripts(some.cosigners());
      Proposal read =
          returned.read(
              own,
              some.coins(),
              SpendFixture.CHANGE_INDEX + random.nextInt(9) - 4,
              some.previous());
      assertThat(read.fee()).isEqualTo(first.fee());
      assertThat(read.change()).isEqualTo(first.change());
      CheckedSpend again = some.check(read.psbt(), read.intent()).orThrow();
      assertThat(again.digest()).isEqualTo(first.digest());
      assertThat(again.fee()).isEqualTo(first.fee());
      assertThat(again.change()).isEqualTo(first.change());
      assertThat(again.recipients()).containsExactlyInAnyOrderElementsOf(first.recipients());
      assertThat(returned.on(again).by()).containsExactly(KeyRole.BACKUP);
    }
  }

  @Test
  void changeIsReadWhereItWouldBeFoundAgainAndElseShown() {
    OwnScripts own = new OwnScripts(wallet.cosigners());
    int at = SpendFixture.CHANGE_INDEX;
    Returned returned = Returned.of(spend.psbt());
    for (int next : new int[] {0, at, at + Cosigners.GAP}) {
      assertThat(returned.read(own, wallet.coins(), next, Map.of()).change())
          .isEqualTo(spend.change());
    }
    Proposal far = returned.read(own, wallet.coins(), at + Cosigners.GAP + 1, Map.of());
    assertThat(far.change()).isNull();
    assertThat(far.intent().recipients()).hasSize(2);
    for (int index : new int[] {0, Cosigners.MOST_INDEX}) {
      TxOutput edge = new TxOutput(new Sats(300_000), own.scriptPubKey(1, index));
      TxOutput paid = spend.psbt().unsignedTx().outputs().get(0);
      Proposal read =
          Returned.of(altered(List.of(edge, paid))).read(own, wallet.coins(), index, Map.of());
      assertThat(read.change()).isEqualTo(new Change(index, new Sats(300_000)));
    }
  }

  @Test
  void whatComesBackAsAWholeIsShownAndNotHiddenAsChange() {
    OwnScripts own = new OwnScripts(wallet.cosigners());
    TxOutput back = new TxOutput(new Sats(1_200_000), own.scriptPubKey(Cosigners.CHANGE, 7));
    Proposal read = Returned.of(altered(List.of(back))).read(own, wallet.coins(), 7, Map.of());
    assertThat(read.change()).isNull();
    assertThat(read.intent().recipients()).hasSize(1);
    assertThat(read.fee()).isEqualTo(new Sats(100_000));
  }

  @Test
  void moreOutputsThanAnybodyCanLookThroughAreRefused() {
    OwnScripts own = new OwnScripts(wallet.cosigners());
    TxOutput one = new TxOutput(new Sats(200), wallet.script(0));
    List<TxOutput> outputs = new ArrayList<>(Collections.nCopies(5_000, one));
    Proposal most = Returned.of(altered(outputs)).read(own, wallet.coins(), 7, Map.of());
    assertThat(most.intent().recipients()).hasSize(5_000);
    outputs.add(one);
    Returned more = Returned.of(altered(outputs));
    assertThatThrownBy(() -> more.read(own, wallet.coins(), 7, Map.of()))
        .hasMessage("psbt-malformed");
  }

  @Test
  void theSecondOwnersSignaturesAreAddedToTheFirstOnes() {
    wallet = new SpendFixture(8, ScriptType.P2WSH, 3, 5);
    wallet.addCoin(600_000);
    wallet.addCoin(700_000);
    spend = checked(wallet, wallet.pay(2_000, wallet.recipient(900_000)));
    HalfSigned first = returned(wallet.sign(spend, spend.psbt(), 1));
    assertThat(first.missing()).isEqualTo(1);
    Psbt bySecond = wallet.sign(spend, spend.psbt(), 3);
    HalfSigned both = Returned.of(bySecond).onto(first);
    List<KeyRole> roles = KeyRole.ofWallet(5);
    assertThat(both.by()).containsExactly(roles.get(1), roles.get(3));
    assertThat(both.missing()).isZero();
    assertThat(both.spend()).isSameAs(spend);
    InputSignature half =
        new InputSignature(1, bySecond.inputs().get(1).partialSignatures().get(0));
    Returned some = Returned.of(spend.psbt().withSignatures(List.of(half)));
    assertThatThrownBy(() -> some.onto(first)).hasMessage("signature-wrong");
    Returned third = Returned.of(wallet.sign(spend, spend.psbt(), 0));
    assertThatThrownBy(() -> third.onto(both)).hasMessage("spend-complete");
    Psbt whole = wallet.sign(spend, both.psbt(), 4);
    assertThat(FinalTx.finish(whole, wallet.cosigners()).txid())
        .isEqualTo(spend.psbt().unsignedTx().txid());
  }

  @Test
  void aWrongSignatureCompletesNothing() {
    List<InputSignature> both = new ArrayList<>(signatures(USER));
    both.add(signatures(BACKUP).get(0));
    both.add(bent(signatures(BACKUP).get(1), 20, 1));
    refused("signature-wrong", spend.psbt().withSignatures(both));
  }

  @Test
  void aTransactionOfForeignCoinsOrToNoAddressIsRefused() {
    OwnScripts own = new OwnScripts(wallet.cosigners());
    Returned returned = Returned.of(spend.psbt());
    assertThatThrownBy(() -> returned.read(own, wallet.coins().subList(0, 1), 0, Map.of()))
        .hasMessage("foreign-input");
    List<TxOutput> outputs = new ArrayList<>(spend.psbt().unsignedTx().outputs());
    outputs.set(0, new TxOutput(outputs.get(0).value(), new byte[] {0x6a, 1, 7}));
    assertThatThrownBy(() -> Returned.of(altered(outputs)).read(own, wallet.coins(), 0, Map.of()))
        .hasMessage("psbt-malformed");
  }

  @Test
  void moreOutThanInIsRefusedByTheCheck() {
    OwnScripts own = new OwnScripts(wallet.cosigners());
    List<TxOutput> outputs = new ArrayList<>(spend.psbt().unsignedTx().outputs());
    outputs.set(0, new TxOutput(new Sats(5_000_000), outputs.get(0).script()));
    Proposal read =
        Returned.of(altered(outputs))
            .read(own, wallet.coins(), SpendFixture.CHANGE_INDEX, wallet.previous());
    assertThatThrownBy(() -> wallet.check(read.psbt(), read.intent()).orThrow())
        .hasMessage("fee-too-low");
  }

  @Test
  void previousTransactionsAreAddedWhereTheyAreKnownAndFit() {
    Psbt with = spend.psbt().withPrevious(wallet.previous());
    for (int i = 0; i < 2; i++) {
      assertThat(with.inputs().get(i).hasNonWitnessUtxo()).isTrue();
      assertThat(with.spentOutput(i)).isEqualTo(spend.psbt().spentOutput(i));
    }
    assertThat(with.withPrevious(wallet.previous()).serialize()).isEqualTo(with.serialize());
    String txid = spend.psbt().unsignedTx().outpoint(0).txid();
    byte[] huge = Arrays.copyOf(wallet.previous().get(txid), Psbt.MOST_BYTES);
    Psbt without = spend.psbt().withPrevious(Map.of(txid, huge));
    assertThat(without.serialize()).isEqualTo(spend.psbt().serialize());
  }
}
