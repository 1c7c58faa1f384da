package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.PartialSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtDraft;
import org.trefoil.core.psbt.PsbtInput;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendState;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Waiting;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.store.TestDatabase;

/** A send that the backup key signed on another device, in place of the user key. */
class SignedElsewhereTest {
  private TestHouse house;
  private Person ada;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(TestDatabase.H2.fresh(), null);
    ada = house.new Person(1);
    ada.receive(1_000_000);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private static SendRequest byBackup(TestHouse house, Person person, String id, long sats) {
    return person.vault.sendByBackup(
        person.cosigners,
        house.rooms.book().spendable(person.accountId, person.walletId),
        id,
        TestHouse.ELSEWHERE,
        sats);
  }

  private SendView propose(SendRequest request) {
    return house.rooms.sends().propose(ada.accountId, ada.walletId, request);
  }

  private SendView confirm(SendView send, String code) {
    return house.rooms.sends().confirm(ada.accountId, ada.walletId, send.sendId(), code);
  }

  @Test
  void isCheckedAsAnyOtherAndCoSignedAfterTheSecondFactor() {
    SendView asked = propose(byBackup(house, ada, "request-a", 200_000));
    assertThat(asked.state()).isEqualTo(SendState.NEEDS_FACTOR);
    Refused.with(Token.CODE_WRONG, () -> confirm(asked, "000000"));
    assertThat(house.rooms.coSigner().keyUses()).isZero();
    SendView out = confirm(asked, ada.code());
    assertThat(out.state()).isEqualTo(SendState.BROADCAST);
    assertThat(house.practice.mempool()).containsExactly(out.txid());
    house.mine(1);
    assertThat(
            house.rooms.sends().view(ada.accountId, ada.walletId, asked.sendId()).confirmations())
        .isEqualTo(1);
  }

  @Test
  void countsAgainstTheLimitsLikeAnyOther() throws Exception {
    try (TestHouse limited = new TestHouse(TestDatabase.H2.fresh(), new Sats(150_000))) {
      Person eve = limited.new Person(3);
      eve.receive(900_000);
      Sends sends = limited.rooms.sends();
      SendRequest request = byBackup(limited, eve, "request-a", 200_000);
      SendView asked = sends.propose(eve.accountId, eve.walletId, request);
      Refused.with(
          Token.LIMIT_DAILY,
          () -> sends.confirm(eve.accountId, eve.walletId, asked.sendId(), eve.code()));
      assertThat(limited.rooms.coSigner().keyUses()).isZero();
    }
  }

  @Test
  void isSpedUpByTheUserKeyWhileItWaits() {
    SendView first = confirm(propose(byBackup(house, ada, "request-a", 200_000)), ada.code());
    Waiting waiting =
        house.rooms.sends().bumping().waiting(ada.accountId, ada.walletId, first.sendId());
    SendRequest faster =
        ada.vault.replace(ada.cosigners, waiting, "request-b", first.sendId(), 9_000, false);
    house.pass(java.time.Duration.ofSeconds(31));
    SendView second = confirm(propose(faster), ada.code());
    assertThat(house.practice.mempool()).containsExactly(second.txid());
  }

  private void refused(String id, Token token, UnaryOperator<Psbt> bend) {
    SendRequest honest = byBackup(house, ada, id, 200_000);
    Psbt bent = bend.apply(Psbt.parseBase64(honest.psbt()));
    SendRequest request =
        new SendRequest(
            id, bent.base64(), honest.recipients(), false, honest.feeRate(), honest.note());
    Refused.with(token, () -> propose(request));
    assertThat(house.rooms.coSigner().keyUses()).isZero();
  }

  private static PartialSignature signature(Psbt psbt) {
    return psbt.inputs().get(0).partialSignatures().get(0);
  }

  /** The same description of a transaction, with other outputs and signatures. */
  private static Psbt with(Psbt psbt, List<TxOutput> outputs, PartialSignature... signatures) {
    UnsignedTx tx = psbt.unsignedTx();
    UnsignedTx other =
        UnsignedTx.of(List.of(tx.outpoint(0)), (int) tx.sequence(0), outputs, (int) tx.lockTime());
    PsbtDraft draft = new PsbtDraft(other);
    PsbtInput input = psbt.inputs().get(0);
    draft.input(null, input.witnessUtxo(), null, input.witnessScript(), input.derivations());
    outputs.forEach(output -> draft.output());
    List<InputSignature> all = new ArrayList<>();
    for (PartialSignature signature : signatures) {
      all.add(new InputSignature(0, signature));
    }
    return draft.finish().withSignatures(all);
  }

  private static Psbt with(Psbt psbt, PartialSignature... signatures) {
    return with(psbt, psbt.unsignedTx().outputs(), signatures);
  }

  @Test
  void evilAlteredByOneSatoshi() {
    refused(
        "request-a",
        Token.WRONG_AMOUNT,
        psbt -> {
          List<TxOutput> outputs = new ArrayList<>();
          for (TxOutput output : psbt.unsignedTx().outputs()) {
            long amount = output.value().value();
            outputs.add(
                new TxOutput(new Sats(amount == 200_000 ? 199_999 : amount), output.script()));
          }
          return with(psbt, outputs, signature(psbt));
        });
    refused(
        "request-b",
        Token.FEE_TOO_HIGH,
        psbt -> {
          List<TxOutput> outputs = new ArrayList<>();
          for (TxOutput output : psbt.unsignedTx().outputs()) {
            long amount = output.value().value();
            outputs.add(
                new TxOutput(new Sats(amount == 200_000 ? amount : amount - 1), output.script()));
          }
          return with(psbt, outputs, signature(psbt));
        });
  }

  @Test
  void evilOtherOutputs() {
    refused(
        "request-a",
        Token.SURPRISE_OUTPUT,
        psbt -> {
          List<TxOutput> outputs = new ArrayList<>(psbt.unsignedTx().outputs());
          byte[] thief = new byte[22];
          thief[1] = 20;
          outputs.add(new TxOutput(new Sats(1_000), thief));
          return with(psbt, outputs, signature(psbt));
        });
  }

  @Test
  void evilWrongSighash() {
    refused(
        "request-a",
        Token.SIGHASH_NOT_ALL,
        psbt -> {
          byte[] der = signature(psbt).signature();
          der[der.length - 1] = 3;
          return with(psbt, new PartialSignature(signature(psbt).publicKey(), der));
        });
  }

  @Test
  void evilSignatureOfAForeignKey() throws Exception {
    Person bob = house.new Person(2);
    bob.receive(1_000_000);
    Psbt theirs = Psbt.parseBase64(byBackup(house, bob, "request-z", 200_000).psbt());
    refused("request-a", Token.SIGNATURE_WRONG, psbt -> with(psbt, signature(theirs)));
    refused(
        "request-b",
        Token.SIGNATURE_WRONG,
        psbt ->
            with(
                psbt,
                new PartialSignature(signature(psbt).publicKey(), signature(theirs).signature())));
    refused(
        "request-c", Token.SIGNATURE_WRONG, psbt -> with(psbt, signature(psbt), signature(theirs)));
  }

  @Test
  void evilSignatureMissing() {
    refused("request-a", Token.SIGNATURE_MISSING, psbt -> with(psbt));
  }
}
