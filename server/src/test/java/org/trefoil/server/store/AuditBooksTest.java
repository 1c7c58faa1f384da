package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trefoil.server.audit.AuditEvent;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditRow;
import org.trefoil.server.audit.AuditVerifier;
import org.trefoil.server.audit.Chronicle;
import org.trefoil.server.audit.Scribe;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Signer;

/** The record is chained, and whatever is changed in it afterwards is found at its place. */
class AuditBooksTest extends StoreContract {
  private static final String OF_PLACE_6 =
      " WHERE event_id = (SELECT event_id FROM audit_link WHERE place = 6)";

  private final JdbiAuditStore events = new JdbiAuditStore(database);
  private final JdbiAuditBooks books = new JdbiAuditBooks(database);
  private final Scribe scribe = scribe(1);

  AuditBooksTest(TestDatabase engine) {
    super(engine);
  }

  private static Signer signer(int seed) {
    return new Signer(KeyFile.of(bytes(seed)), "audit-signature");
  }

  private Scribe scribe(int seed) {
    return new Scribe(books, database, rows -> {}, signer(seed), "practice");
  }

  @BeforeEach
  void eightEvents() {
    assertThat(database.cluster().leads()).isTrue();
    accounts();
    for (int round = 0; round < 2; round++) {
      append(ADA, AuditKind.PASSWORD_ACCEPTED);
      append(ADA, AuditKind.FACTOR_ACCEPTED);
      append(null, AuditKind.SIGN_IN_REFUSED);
      append(BOB, AuditKind.SIGNED_UP);
      scribe.run();
    }
  }

  private void append(String account, AuditKind kind) {
    events.append(new AuditEvent(NOW, kind, account, "subject", "détail"));
  }

  private AuditVerifier.Report verify() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new Chronicle(books, signer(1), "practice", clock).verify();
  }

  private void execute(String sql, Object... values) {
    database.use(h -> h.execute(sql, values));
  }

  @Test
  void eachEventHasItsPlaceAmongAllAndInItsBook() {
    AuditVerifier.Report report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.rows()).isEqualTo(8);
    assertThat(books.at(8)).map(AuditRow::place).hasValue(8L);
    assertThat(books.at(9)).isEmpty();
    assertThat(report.books()).isEqualTo(3);
    assertThat(report.signatures()).as("each book's last in each round").isEqualTo(6);
    assertThat(books.page(ADA, Long.MAX_VALUE, 10))
        .extracting(row -> row.entry().seq())
        .containsExactly(4L, 3L, 2L, 1L);
    assertThat(books.page(ADA, 3, 1)).extracting(row -> row.place()).containsExactly(2L);
    assertThat(books.last().orElseThrow().place()).isEqualTo(8);
    assertThat(books.loose(10)).isEmpty();
  }

  @Test
  void anotherProcessGoesOnWhereOneEnded() {
    append(BOB, AuditKind.PASSWORD_ACCEPTED);
    scribe(1).run();
    append(BOB, AuditKind.FACTOR_ACCEPTED);
    scribe.run();
    assertThat(verify().findings()).isEmpty();
    assertThat(books.last(BOB).orElseThrow().entry().seq()).isEqualTo(4);
  }

  @Test
  void anEventThatCommitsLateIsChainedLate() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch chained = new CountDownLatch(1);
    Thread late =
        new Thread(
            () ->
                database.run(
                    () -> {
                      append(ADA, AuditKind.SIGNED_UP);
                      written.countDown();
                      try {
                        chained.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      return null;
                    }));
    late.start();
    written.await();
    append(BOB, AuditKind.EMAIL_CHANGED);
    scribe.run();
    append(BOB, AuditKind.FACTOR_ACCEPTED);
    scribe.run();
    assertThat(books.last().orElseThrow().place()).isEqualTo(10);
    chained.countDown();
    late.join();
    assertThat(books.looseSince(NOW.plusSeconds(1))).isEqualTo(1);
    assertThat(books.loose(10)).hasSize(1);
    assertThat(new JdbiAuditBooks(database).loose(10)).as("to another process").hasSize(1);
    scribe.run();
    assertThat(books.looseSince(NOW.plusSeconds(1))).isZero();
    assertThat(verify().findings()).isEmpty();
    assertThat(books.last().orElseThrow().entry().kind()).isEqualTo("signed-up");
  }

  @Test
  void whatWasWrittenWhileNumbersWereGivenUpIsChained() {
    for (int turn = 0; turn < 40; turn++) {
      assertThatThrownBy(
              () ->
                  database.run(
                      () -> {
                        for (int i = 0; i < 60; i++) {
                          append(ADA, AuditKind.SIGNED_UP);
                        }
                        throw new IllegalStateException("given up");
                      }))
          .hasMessage("given up");
      append(BOB, AuditKind.EMAIL_CHANGED);
      scribe.run();
      assertThat(books.last().orElseThrow().place()).isEqualTo(9 + turn);
    }
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void anEventFarBelowIsFoundByTheNextWholeLook() {
    execute(
        "INSERT INTO audit_event (event_id, at, kind, account_id) OVERRIDING SYSTEM VALUE"
            + " VALUES (-1, 7, 'signed-up', ?)",
        ADA);
    for (int round = 0; books.last().orElseThrow().place() == 8; round++) {
      scribe.run();
      assertThat(round).isLessThan(4_000);
    }
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void moreThanOneRoundIsChainedAtOnce() {
    database.run(
        () -> {
          for (int i = 0; i < 1_001; i++) {
            append(i % 2 == 0 ? ADA : BOB, AuditKind.FACTOR_REFUSED);
          }
          return null;
        });
    scribe.run();
    AuditVerifier.Report report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.rows()).isEqualTo(1_009);
  }

  @Test
  void anEditedRowIsFound() {
    for (String edit :
        List.of(
            "at = at + 1",
            "kind = 'signed-up'",
            "account_id = '" + BOB + "'",
            "account_id = NULL",
            "subject = NULL",
            "detail = 'detail'")) {
      String before = "UPDATE audit_event SET " + edit + OF_PLACE_6;
      AuditRow row = books.page(ADA, 5, 1).get(0);
      execute(before);
      assertThat(verify().findings())
          .as(edit)
          .containsExactly("Row 6 is not what was written there.");
      execute(
          "UPDATE audit_event SET at = ?, kind = ?, account_id = ?, subject = ?, detail = ?"
              + OF_PLACE_6,
          row.entry().at(),
          row.entry().kind(),
          ADA,
          row.entry().subject(),
          row.entry().detail());
      assertThat(verify().findings()).isEmpty();
    }
  }

  @Test
  void aMissingRowIsFound() {
    execute("DELETE FROM audit_link WHERE place = 3");
    assertThat(verify().findings()).containsExactly("Row 3 is missing.");
    execute("DELETE FROM audit_link WHERE place = 5");
    assertThat(verify().findings()).containsExactly("Row 3 is missing.", "Row 5 is missing.");
    execute("DELETE FROM audit_event" + OF_PLACE_6);
    assertThat(verify().findings())
        .containsExactly("Row 3 is missing.", "Row 5 is missing.", "Row 6 is missing.");
  }

  @Test
  void whereTheLastEventWasRemovedTheChainGoesOnBehindIt() {
    execute(
        "DELETE FROM audit_event WHERE event_id IN (SELECT event_id FROM audit_link WHERE place >="
            + " 6)");
    Scribe afterwards =
        new Scribe(new JdbiAuditBooks(database), database, rows -> {}, signer(1), "practice");
    append(ADA, AuditKind.EMAIL_CHANGED);
    append(BOB, AuditKind.EMAIL_CHANGED);
    afterwards.run();
    assertThat(books.last().orElseThrow().place()).isEqualTo(10);
    assertThat(verify().findings())
        .contains("Row 6 is missing.", "Row 7 is missing.", "Row 8 is missing.");
  }

  @Test
  void rowsThatChangedPlacesAreFound() {
    execute("UPDATE audit_link SET place = -place, seq = -seq WHERE place IN (1, 2)");
    execute("UPDATE audit_link SET place = 3 + place, seq = 3 + seq WHERE place < 0");
    assertThat(verify().findings())
        .contains("Row 1 is not what was written there.", "Row 2 is not what was written there.");
  }

  @Test
  void aGapThatWasClosedIsFound() {
    execute("DELETE FROM audit_link WHERE place = 4");
    for (int place = 5; place <= 8; place++) {
      execute("UPDATE audit_link SET place = ? WHERE place = ?", place - 1, place);
    }
    execute("UPDATE audit_link SET seq = 1 WHERE place = 7");
    assertThat(verify().findings().get(0)).isEqualTo("Row 4 does not follow the row before it.");
  }

  @Test
  void whoChainsAnewWithoutTheKeyIsFound() {
    execute(
        "UPDATE audit_event SET detail = 'another'"
            + " WHERE event_id = (SELECT event_id FROM audit_link WHERE place = 1)");
    execute("DELETE FROM audit_link");
    JdbiAuditBooks thiefs = new JdbiAuditBooks(database);
    new Scribe(thiefs, database, rows -> {}, signer(2), "practice").run();
    assertThat(verify().findings())
        .contains("The server did not sign what leads to row 8.")
        .hasSize(3);
    execute("UPDATE audit_link SET signature = NULL");
    assertThat(verify().findings())
        .containsExactly("What stands last carries no signature, in 3 of the books.");
  }

  @Test
  void aRowBehindTheLastSignatureIsFound() {
    append(ADA, AuditKind.SIGNED_UP);
    scribe(2).run();
    assertThat(verify().findings())
        .containsExactly(
            "The server did not sign what leads to row 9: something after row 6 is changed.");
  }
}
