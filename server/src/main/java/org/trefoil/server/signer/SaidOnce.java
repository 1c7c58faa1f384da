package org.trefoil.server.signer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;

/** Statements that end at a time of their own and were taken before it: each counts once. */
final class SaidOnce {
  /** How long one is known after its end: the clock that it ends by may go back. */
  static final Duration KEPT = Duration.ofDays(1);

  private final Shelf<Instant> shelf;

  SaidOnce(Books books, String name, InstantSource careful) {
    this.shelf = books.shelf(name, SaidOnce::json, SaidOnce::read);
    books
        .tidying()
        .atOnce(
            () -> {
              Instant since = careful.instant().minus(KEPT);
              shelf.forgetAll(until -> until.isBefore(since));
            });
  }

  private static Json json(Instant until) {
    return Json.object().put("until", until.getEpochSecond()).json();
  }

  private static Instant read(Fields f) {
    return Instant.ofEpochSecond(f.number("until"));
  }

  boolean was(String key) {
    return shelf.find(key).isPresent();
  }

  /** Takes one that ends then. */
  void take(String key, Instant until) {
    shelf.put(key, until);
  }
}
