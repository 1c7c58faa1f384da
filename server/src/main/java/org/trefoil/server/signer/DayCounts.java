package org.trefoil.server.signer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;

/** Counts under names, each over the 24 hours from the first that it counted. */
final class DayCounts {
  private static final Duration DAY = Duration.ofHours(24);

  private final Shelf<Count> shelf;
  private final InstantSource careful;

  private record Count(int many, Instant since) {
    static Count read(Fields f) {
      return new Count(f.count("many"), Instant.ofEpochSecond(f.number("since")));
    }

    Json json() {
      return Json.object().put("many", many).put("since", since.getEpochSecond()).json();
    }
  }

  /** On a shelf of this name. */
  DayCounts(Books books, String name, InstantSource careful) {
    this.shelf = books.shelf(name, Count::json, Count::read);
    this.careful = careful;
    books.tidying().atOnce(() -> shelf.forgetAll(count -> !today(count)));
  }

  int many(String name) {
    return shelf.find(name).filter(this::today).map(Count::many).orElse(0);
  }

  void add(String name) {
    Instant now = Instant.ofEpochSecond(careful.instant().getEpochSecond());
    Count before = shelf.find(name).filter(this::today).orElse(new Count(0, now));
    shelf.put(name, new Count(before.many() + 1, before.since()));
  }

  private boolean today(Count count) {
    return count.since().plus(DAY).isAfter(careful.instant());
  }
}
