package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionWitness;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.policy.TestRules;
import org.trefoil.core.psbt.Finalizer;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtInput;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.ChangeEmailRequest;
import org.trefoil.core.wire.KeyQuestion;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.ProvedKeysRequest;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.rules.Rulebook;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.spend.Sends;

/** Thieves of one thing of Ada's: what they try at the server, an open session in their hands. */
abstract class Thieves extends LosingKeys {
  static final String THIEFS = "thief@example.org";

  /** What somebody without the second factor types. */
  static final String NO_CODE = "000000";

  void addPasskey() {
    new TestPasskey(PasskeysTest.HERE).addTo(house, ada.accountId);
  }

  /** One key that somebody has, and the codes that he can give. */
  final class Thief {
    final TestVault vault;
    final KeyRole key;
    final Supplier<String> codes;
    private @Nullable SendView proposed;

    Thief(TestVault vault, KeyRole key, Supplier<String> codes) {
      this.vault = vault;
      this.key = key;
      this.codes = codes;
    }

    private SendRequest request() {
      return vault.move(
          ada.cosigners,
          house.rooms.book().spendable(ada.accountId, ada.walletId),
          "request-of-a-thief",
          TestHouse.ELSEWHERE,
          key);
    }

    private SendView proposed() {
      SendView send = proposed == null ? propose(request()) : proposed;
      proposed = send;
      return send;
    }

    String spends() {
      return refusal(() -> confirm(proposed(), codes.get()));
    }

    /** The same send, by a passkey that is none of Ada's. */
    String spendsByPasskey() {
      return refusal(
          () -> {
            String send = proposed().sendId();
            var asked = house.rooms.sends().asking().ask(ada.accountId, ada.walletId, send);
            Assertion answer =
                new TestPasskey(PasskeysTest.HERE).answer(asked.challenge(), asked.siteId());
            GivenFactor given = new GivenFactor.Signed(answer);
            return house.rooms.sends().confirm(ada.accountId, ada.walletId, send, given);
          });
    }

    /** To a send that waits for Ada's code, as other owners do where there are some. */
    String addsSignature() {
      Sends sends = house.rooms.sends();
      SendRequest adas = ada.request("request-of-ada", 200_000);
      String send = propose(adas).sendId();
      assertThat(refusal(() -> sends.psbt(ada.accountId, ada.walletId, send)))
          .isEqualTo("send-not-pending");
      byte[] half = Base64.getDecoder().decode(adas.psbt());
      String signed = vault.signAsOwner(ada.cosigners, half);
      String said = refusal(() -> sends.addSignatures(ada.accountId, ada.walletId, send, signed));
      sends.cancel(ada.accountId, ada.walletId, send);
      return said;
    }

    /** Another one beside Ada's, which would stand in for her codes. */
    String addsPasskey() {
      return refusal(
          () -> {
            passkeyDoor().begin(ada.accountId, codes.get());
            addPasskey();
          });
    }

    String removesPasskey() {
      String first = house.rooms.passkeys().list(ada.accountId).get(0).passkeyId();
      return refusal(() -> passkeyDoor().remove(ada.accountId, first, codes.get(), ""));
    }

    /** Rules that let Ada pay nobody. */
    String signsRules() {
      Rulebook book = house.rooms.rulebook();
      PolicyView known = book.view(ada.accountId, ada.walletId);
      Rules rules = TestRules.none().perSend(1_000L).done();
      PolicyDocument document = vault.policy(ada.cosigners, ada.walletId, known, rules, 0, key);
      return refusal(
          () -> book.sign(ada.accountId, ada.walletId, new PolicyRequest(document, codes.get())));
    }

    /** Lets the wallet go on that Ada has stopped; it stands for as long as she does not see it. */
    String thaws() {
      Rulebook book = house.rooms.rulebook();
      book.freeze(ada.accountId, ada.walletId);
      String said = refusal(() -> book.thaw(ada.accountId, ada.walletId, codes.get()));
      assertThat(book.standing(ada.accountId, ada.walletId).frozen(book.now())).isTrue();
      return said;
    }

    /** Without a server: what it would have to sign he signs twice himself. */
    String spendsAlone() {
      Psbt half = Psbt.parseBase64(request().psbt());
      assertThatThrownBy(() -> Finalizer.finish(half)).isInstanceOf(RuntimeException.class);
      Transaction tx = Transaction.read(ByteBuffer.wrap(half.unsignedTx().bytes()));
      for (int i = 0; i < half.inputs().size(); i++) {
        PsbtInput input = half.inputs().get(i);
        byte[] signature = input.partialSignatures().get(0).signature();
        TransactionInput bare = tx.getInput(i);
        tx.replaceInput(
            i,
            bare.withWitness(
                TransactionWitness.of(
                    new byte[0],
                    signature,
                    signature,
                    Objects.requireNonNull(input.witnessScript()))));
      }
      BroadcastOutcome outcome = house.practice.broadcast(tx.serialize());
      assertThat(outcome).isInstanceOf(BroadcastOutcome.Rejected.class);
      return ((BroadcastOutcome.Rejected) outcome).reason();
    }

    String replacesKeys() {
      Heir heir = new Heir(67, vault, ada.walletId);
      return refusal(() -> heir.stored(key).activate(codes.get()));
    }

    String changesPasscode() {
      return refusal(
          () ->
              house
                  .rooms
                  .passcodes()
                  .change(
                      ada.accountId,
                      ada.walletId,
                      vault.reseal(view(ada.walletId), 9, key, codes.get())));
    }

    String changesEmail() {
      var changes = house.rooms.waysBack().emails();
      KeyQuestion asked = changes.ask(ada.accountId, THIEFS, ada.walletId);
      String signed = vault.answer(ada.cosigners, asked, key);
      return refusal(
          () ->
              changes.begin(
                  ada.accountId,
                  new ChangeEmailRequest(THIEFS, codes.get(), asked.challenge(), signed, null)));
    }

    /** He says of his one key that it is both, or that it is the user key. */
    String resetsFactor(boolean atOnce) {
      var resets = house.rooms.waysBack().factors();
      KeyQuestion asked = resets.ask(ada.accountId, ada.walletId, atOnce);
      String signed = vault.answer(ada.cosigners, asked, key);
      return refusal(
          () ->
              resets.begin(
                  ada.accountId, new ProvedKeysRequest(asked.challenge(), signed, signed)));
    }

    String readsPaperBack() {
      String statement = vault.statement(ada.cosigners, ada.walletId, key);
      return refusal(
          () ->
              house
                  .rooms
                  .drills()
                  .drilled(
                      ada.accountId,
                      ada.walletId,
                      new ActivateRequest(KeyRole.BACKUP.id(), statement, List.of())));
    }
  }

  static String refusal(Supplier<Object> tried) {
    try {
      return "it worked: " + tried.get();
    } catch (RefusedException e) {
      return e.refusal().token();
    }
  }

  static String refusal(Runnable tried) {
    return refusal(
        () -> {
          tried.run();
          return "";
        });
  }
}
