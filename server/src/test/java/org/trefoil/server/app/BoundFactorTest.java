package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.proposal.SpendDigest;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.SendView;
import org.trefoil.server.app.TestHouse.Person;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.PasskeyQuestions;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.store.JdbiSendStore;
import org.trefoil.server.store.TestDatabase;

/** A second factor for one transaction is worth nothing for any other, however near it is. */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class BoundFactorTest {
  private static final int HOW_MANY = 1_000;

  @Parameter TestDatabase engine;

  private TestHouse house;
  private Person ada;
  private SendRecord send;
  private UnsignedTx tx;
  private List<Sats> amounts;

  @BeforeEach
  void open() throws Exception {
    house = new TestHouse(engine.fresh(), null);
    house.rooms.address().servedOn(8080);
    ada = house.new Person(1);
    ada.receive(300_000);
    ada.receive(400_000);
    ada.receive(500_000);
    SendView view =
        house.rooms.sends().propose(ada.accountId, ada.walletId, ada.request("request-a", 650_000));
    send = new JdbiSendStore(house.foundation.database()).find(view.sendId()).orElseThrow();
    Psbt psbt = Psbt.parse(send.psbt());
    tx = psbt.unsignedTx();
    amounts = new ArrayList<>();
    for (int i = 0; i < tx.inputCount(); i++) {
      amounts.add(psbt.spentOutput(i).value());
    }
    assertThat(tx.inputCount()).isGreaterThan(1);
    assertThat(tx.outputs()).hasSize(2);
    assertThat(SpendDigest.of(tx, amounts)).isEqualTo(send.digest());
  }

  @AfterEach
  void close() {
    house.close();
  }

  /** What is changed of a transaction. */
  private enum Change {
    ONE_SAT,
    RECIPIENT,
    INPUT_AMOUNT,
    INPUT,
    SEQUENCE,
    LOCK_TIME,
    VERSION,
    ORDER_OF_INPUTS,
    ORDER_OF_OUTPUTS
  }

  /** The digest of a transaction that differs in one thing. */
  private byte[] mutated(Change change, Random random) {
    byte[] bytes = tx.bytes();
    List<Sats> values = new ArrayList<>(amounts);
    int inputs = tx.inputCount();
    int input = 5 + 41 * random.nextInt(inputs);
    int outputs = 5 + 41 * inputs + 1;
    int second = outputs + 9 + tx.outputs().get(0).script().length;
    int output = random.nextBoolean() ? outputs : second;
    switch (change) {
      case ONE_SAT -> bytes[output] += random.nextBoolean() ? 1 : -1;
      case RECIPIENT -> turn(bytes, output + 9, 22, random);
      case INPUT_AMOUNT -> {
        int at = random.nextInt(inputs);
        values.set(at, new Sats(values.get(at).value() + 1 + random.nextInt(1_000)));
      }
      case INPUT -> turn(bytes, input, 35, random);
      case SEQUENCE -> turn(bytes, input + 37, 4, random);
      case LOCK_TIME -> turn(bytes, bytes.length - 4, 4, random);
      case VERSION -> turn(bytes, 0, 4, random);
      case ORDER_OF_INPUTS -> {
        swap(bytes, 5, 46, 41);
        Sats first = values.get(0);
        values.set(0, values.get(1));
        values.set(1, first);
      }
      case ORDER_OF_OUTPUTS -> {
        byte[] whole = bytes.clone();
        int end = bytes.length - 4;
        System.arraycopy(whole, second, bytes, outputs, end - second);
        System.arraycopy(whole, outputs, bytes, outputs + end - second, second - outputs);
      }
    }
    return SpendDigest.of(UnsignedTx.parse(bytes), values);
  }

  private static void turn(byte[] bytes, int from, int length, Random random) {
    bytes[from + random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
  }

  private static void swap(byte[] bytes, int one, int other, int length) {
    for (int i = 0; i < length; i++) {
      byte kept = bytes[one + i];
      bytes[one + i] = bytes[other + i];
      bytes[other + i] = kept;
    }
  }

  private List<byte[]> thousand() {
    Random random = new Random(20261121);
    List<byte[]> digests = new ArrayList<>();
    for (int i = 0; i < HOW_MANY; i++) {
      digests.add(mutated(Change.values()[i % Change.values().length], random));
    }
    assertThat(digests).noneMatch(digest -> java.util.Arrays.equals(digest, send.digest()));
    return digests;
  }

  /** Thrown so that nothing of a try stays. */
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What a try comes to. Leaves everything as it was. */
  private <T> T undone(Supplier<T> tried) {
    AtomicReference<T> out = new AtomicReference<>();
    try {
      house
          .foundation
          .database()
          .run(
              () -> {
                out.set(tried.get());
                throw new Undone();
              });
      throw new AssertionError("not undone");
    } catch (Undone e) {
      return out.get();
    }
  }

  @Test
  void ofAThousandMutationsNoneIsConfirmedByThePasskeysAnswerToTheOriginal() {
    TestPasskey device = new TestPasskey(PasskeysTest.HERE);
    device.addTo(house, ada.accountId);
    PasskeyQuestions.Asked asked =
        house.rooms.sends().asking().ask(ada.accountId, ada.walletId, send.sendId());
    Assertion assertion = device.answer(asked.challenge(), asked.siteId());
    for (byte[] digest : thousand()) {
      assertThat(tried(digest, assertion)).isEqualTo(Refusal.of(Token.PASSKEY_REFUSED));
    }
    assertThat(tried(send.digest(), assertion)).as("the original, each time anew").isNull();
  }

  /** Why the assertion is not for a digest; null when it is. */
  private @Nullable Refusal tried(byte[] digest, Assertion assertion) {
    PasskeyQuestions questions = house.rooms.passkeys().questions();
    return undone(
        () ->
            questions.answerSend(ada.accountId, ada.walletId, send.sendId(), digest, 0, assertion));
  }

  @Test
  void aCodeThatWasGivenForTheOriginalIsUsedUpForEachOfAThousandMutations() {
    SecondFactors factors = house.rooms.factors();
    String code = ada.code();
    assertThat(undone(() -> factors.useForSend(ada.accountId, code, send.digest())))
        .as("what is undone uses nothing up")
        .isEqualTo(Verdict.OK);
    assertThat(factors.useForSend(ada.accountId, code, send.digest())).isEqualTo(Verdict.OK);
    for (byte[] digest : thousand()) {
      assertThat(undone(() -> factors.useForSend(ada.accountId, code, digest)))
          .isEqualTo(Verdict.USED);
    }
  }
}
