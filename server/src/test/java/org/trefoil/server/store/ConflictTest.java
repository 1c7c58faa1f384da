package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.server.audit.AuditEvent;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.durable.StoreBusy;

/** Transactions that get into each other's way. */
class ConflictTest extends StoreContract {
  private final JdbiWalletStore wallets = new JdbiWalletStore(database);

  ConflictTest(TestDatabase engine) {
    super(engine);
  }

  @BeforeEach
  void fill() {
    accounts();
    wallets.add(draft("w1", "request-1"));
    wallets.add(draft("w2", "request-2"));
  }

  @Test
  void ofTwoThatWaitForEachOtherOneRunsAgain() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    List<String[]> orders = List.of(new String[] {"w1", "w2"}, new String[] {"w2", "w1"});
    AtomicInteger next = new AtomicInteger();
    int done =
        atOnce(
            2,
            () -> {
              String[] order = orders.get(next.getAndIncrement());
              return database.run(
                  () -> {
                    runs.incrementAndGet();
                    wallets.lock(order[0]);
                    await(bothHoldOne);
                    int count = wallets.lock(order[1]).orElseThrow().handedOut();
                    wallets.handOut(order[1], count + 1);
                    return true;
                  });
            });
    assertThat(done).isEqualTo(2);
    assertThat(runs.get()).isGreaterThan(2);
    assertThat(wallets.find("w1").orElseThrow().handedOut()).isEqualTo(1);
    assertThat(wallets.find("w2").orElseThrow().handedOut()).isEqualTo(1);
  }

  @Test
  void whoNeverGetsThroughIsToldAndHasWrittenNothing() {
    AtomicInteger runs = new AtomicInteger();
    AtomicInteger after = new AtomicInteger();
    assertThatThrownBy(
            () ->
                database.run(
                    () -> {
                      wallets.handOut("w1", runs.incrementAndGet());
                      database.afterCommit(after::incrementAndGet);
                      throw new IllegalStateException(new SQLException("another won", "40001"));
                    }))
        .isInstanceOf(StoreBusy.class);
    assertThat(runs.get()).isEqualTo(6);
    assertThat(after.get()).isZero();
    assertThat(wallets.find("w1").orElseThrow().handedOut()).isZero();
  }

  @Test
  void anotherErrorIsNotTriedAgain() {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(
            () ->
                database.run(
                    () -> {
                      runs.incrementAndGet();
                      wallets.handOut("w1", 5);
                      throw new IllegalStateException("a bug");
                    }))
        .hasMessage("a bug");
    assertThat(runs.get()).isEqualTo(1);
    assertThat(wallets.find("w1").orElseThrow().handedOut()).isZero();
  }

  @Test
  void anEventThatCannotBeWrittenTakesItsTransactionAlong() {
    JdbiAuditStore audit = new JdbiAuditStore(database);
    assertThatThrownBy(() -> handOutAndNote(audit, 5, "x".repeat(601)))
        .isInstanceOf(JdbiException.class);
    assertThat(wallets.find("w1").orElseThrow().handedOut()).isZero();
    assertThat(new JdbiAuditBooks(database).loose(10)).isEmpty();
    handOutAndNote(audit, 6, "short enough");
    assertThat(wallets.find("w1").orElseThrow().handedOut()).isEqualTo(6);
    assertThat(new JdbiAuditBooks(database).loose(10)).hasSize(2);
  }

  private void handOutAndNote(JdbiAuditStore audit, int count, String detail) {
    database.run(
        () -> {
          wallets.handOut("w1", count);
          audit.append(new AuditEvent(NOW, AuditKind.SIGNED_UP, ADA, null, null));
          audit.append(new AuditEvent(NOW, AuditKind.SEND_SIGNED, ADA, "w1", detail));
        });
  }

  /** The one that runs again finds the latch open. */
  private static void await(CountDownLatch latch) {
    latch.countDown();
    try {
      latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
