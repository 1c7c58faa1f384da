package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final String MODERN =
      "[{\"age\":1,\"body\":{\"blockedURL\":\"https://evil.example/x?secret=1#y\",\"effectiveDirective\":\"img-src\",\"documentURL\":\"http://localhost/signin?a=b\"},\"type\":\"csp-violation\",\"url\":\"http://localhost/\"}]";
  private static final String OLD =
      "{\"csp-report\":{\"document-uri\":\"http://localhost/\",\"violated-directive\":\"script-src\",\"blocked-uri\":\"inline\"}}";

  @Test
  void bothFormsAreCountedWithoutQueries() {
    ReportBook book = new ReportBook(InstantSource.fixed(Instant.ofEpochSecond(7)));
    book.take(MODERN);
    book.take(OLD);
    book.take(MODERN);
    assertThat(book.total()).isEqualTo(3);
    assertThat(book.newest())
        .containsExactly(
            new ReportBook.Entry(
                "csp-violation",
                "blocked https://evil.example/x img-src on http://localhost/signin",
                2,
                7),
            new ReportBook.Entry(
                "csp-violation", "on http://localhost/ script-src blocked inline", 1, 7));
  }

  @Test
  void strangersCannotFillTheBook() {
    ReportBook book = new ReportBook(InstantSource.system());
    for (int i = 0; i < 10_000; i++) {
      book.take("{\"type\":\"kind" + i + "\",\"blockedURL\":\"" + "x\n".repeat(500) + "\"}");
    }
    assertThat(book.newest()).hasSize(100);
    assertThat(book.newest())
        .allSatisfy(
            entry -> assertThat(entry.kind().length() + entry.what().length()).isLessThan(1_000))
        .allSatisfy(entry -> assertThat(entry.what()).doesNotContain("\n"));
  }

  @Test
  void aReportReachesTheOperator() {
    try (OpenDoor door = new OpenDoor()) {
      assertThat(
              door.call("POST", "/report")
                  .with("Content-Type", "application/reports+json")
                  .body(MODERN)
                  .send()
                  .statusCode())
          .isEqualTo(204);
      try (OperatorServer operator = door.operator()) {
        assertThat(OperatorServerTest.get(operator, "/").body())
            .contains("report-row", "blocked https://evil.example");
      }
      assertThat(
              door.call("POST", "/report")
                  .with("Content-Type", "application/reports+json")
                  .body("x".repeat(20_000))
                  .send()
                  .statusCode())
          .isEqualTo(413);
      assertThat(
              door.call("POST", "/report")
                  .with("Content-Type", "text/plain")
                  .body("x")
                  .send()
                  .statusCode())
          .isEqualTo(415);
    }
  }
}
