package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.regain.EmailChangeStore;
import org.trefoil.server.regain.FactorResetStore;
import org.trefoil.server.regain.PasswordLinkStore;
import org.trefoil.server.regain.QuestionStore;

/** What the stores of the ways back promise: whatever many want at once, one gets. */
class WaysBackStoresTest extends StoreContract {
  private static final String ID = "c".repeat(32);
  private static final String OTHER = "d".repeat(32);

  private final JdbiPasswordLinkStore links = new JdbiPasswordLinkStore(database);
  private final JdbiQuestionStore questions = new JdbiQuestionStore(database);
  private final JdbiFactorResetStore resets = new JdbiFactorResetStore(database);
  private final JdbiEmailChangeStore changes = new JdbiEmailChangeStore(database);

  WaysBackStoresTest(TestDatabase engine) {
    super(engine);
  }

  @BeforeEach
  void people() {
    accounts();
  }

  private PasswordLinkStore.Entry link(int seed) {
    return new PasswordLinkStore.Entry(
        bytes(seed), ADA, bytes(99), NOW, NOW.plusSeconds(1800), false);
  }

  private FactorResetStore.Entry reset(String accountId, String id) {
    return new FactorResetStore.Entry(
        accountId,
        id,
        NOW,
        NOW.plusSeconds(300),
        NOW.plusSeconds(100),
        null,
        null,
        new Sealed(bytes(5)));
  }

  private EmailChangeStore.Entry change(String accountId, String id, int seed) {
    return new EmailChangeStore.Entry(
        accountId, id, "new@example.org", bytes(seed), NOW.plusSeconds(60));
  }

  @Test
  void aPasswordLinkHasSoManyTriesAndGoesOnOnce() throws Exception {
    links.add(link(1));
    links.add(link(2));
    assertThat(links.madeSince(ADA, NOW.minusSeconds(1))).isEqualTo(2);
    assertThat(links.madeSince(ADA, NOW)).isZero();
    assertThat(atOnce(10, () -> links.takeTry(bytes(1), 5))).isEqualTo(5);
    assertThat(links.takeTry(bytes(2), 5)).isTrue();
    AtomicInteger next = new AtomicInteger(10);
    assertThat(
            atOnce(
                10,
                () ->
                    links.factorGiven(bytes(1), bytes(next.incrementAndGet()), NOW.plusSeconds(9))))
        .isEqualTo(1);
    assertThat(links.find(bytes(1))).isEmpty();
    assertThat(atOnce(10, () -> links.remove(bytes(2)))).isEqualTo(1);
    links.removeAll(ADA);
    assertThat(links.madeSince(ADA, NOW.minusSeconds(1))).isZero();
    links.add(link(3));
    assertThat(links.sweep(NOW)).isZero();
    assertThat(links.sweep(NOW.plusSeconds(1))).isEqualTo(1);
  }

  @Test
  void aQuestionIsAnsweredOnce() throws Exception {
    QuestionStore.Entry asked =
        new QuestionStore.Entry("00ff", ADA, WALLET, "factor-lost", "", true, NOW);
    questions.add(asked);
    assertThat(questions.find("00ff")).contains(asked);
    assertThat(atOnce(10, () -> questions.remove("00ff"))).isEqualTo(1);
    questions.add(asked);
    assertThat(questions.sweep(NOW)).isZero();
    assertThat(questions.sweep(NOW.plusSeconds(1))).isEqualTo(1);
  }

  @Test
  void anAccountHasOneResetAndOneOfAllEndsIt() throws Exception {
    AtomicInteger number = new AtomicInteger();
    assertThat(
            atOnce(
                10,
                () -> {
                  String id = Integer.toHexString(number.incrementAndGet()).repeat(32);
                  return database.run(() -> resets.add(reset(ADA, id)));
                }))
        .isEqualTo(1);
    String id = resets.ofAccount(ADA).orElseThrow().resetId();
    assertThat(resets.find(id)).isPresent();
    assertThat(resets.find(OTHER)).isEmpty();
    assertThat(atOnce(50, () -> resets.end(id))).isEqualTo(1);
    assertThat(resets.ofAccount(ADA)).isEmpty();
  }

  @Test
  void aResetIsDueWhenItsOwnerIsToBeToldWhenItsWaitIsOverAndWhenItExpired() throws Exception {
    resets.add(reset(ADA, ID));
    assertThat(resets.due(NOW.plusSeconds(99), 9)).isEmpty();
    assertThat(resets.due(NOW.plusSeconds(100), 9)).hasSize(1);
    assertThat(
            atOnce(
                10, () -> resets.nextMail(ID, NOW.plusSeconds(100), NOW.plus(Duration.ofDays(1)))))
        .isEqualTo(1);
    assertThat(resets.due(NOW.plusSeconds(299), 9)).isEmpty();
    assertThat(resets.due(NOW.plusSeconds(300), 9)).hasSize(1);
    assertThat(atOnce(10, () -> resets.ready(ID, bytes(8), NOW.plusSeconds(400)))).isEqualTo(1);
    assertThat(resets.due(NOW.plusSeconds(399), 9)).isEmpty();
    assertThat(resets.due(NOW.plusSeconds(400), 9)).hasSize(1);
    assertThat(resets.find(ID).orElseThrow().tokenHash()).isEqualTo(bytes(8));
  }

  @Test
  void aLaterAddressTakesThePlaceOfTheEarlierAndOneOfAllEndsIt() throws Exception {
    changes.put(change(ADA, ID, 1));
    changes.put(change(ADA, OTHER, 2));
    changes.put(change(BOB, ID, 3));
    assertThat(changes.byToken(bytes(1))).isEmpty();
    assertThat(changes.ofAccount(ADA).orElseThrow().changeId()).isEqualTo(OTHER);
    assertThat(changes.byToken(bytes(3)).orElseThrow().accountId()).isEqualTo(BOB);
    assertThat(atOnce(10, () -> changes.end(OTHER))).isEqualTo(1);
    assertThat(changes.sweep(NOW.plusSeconds(61))).isEqualTo(1);
  }

  @Test
  void anAddressBelongsToOneOfThoseWhoTakeItAtOnce() throws Exception {
    JdbiAccountStore accounts = new JdbiAccountStore(database);
    AtomicInteger number = new AtomicInteger();
    assertThat(
            atOnce(
                10,
                () -> {
                  boolean ada = number.incrementAndGet() % 2 == 0;
                  String old = ada ? "ada@example.org" : "bob@example.org";
                  return database.run(
                      () -> accounts.replaceEmail(ada ? ADA : BOB, old, "new@example.org", NOW));
                }))
        .isEqualTo(1);
    assertThat(accounts.replaceEmail(ADA, "nobody@example.org", "other@example.org", NOW))
        .isFalse();
  }
}
