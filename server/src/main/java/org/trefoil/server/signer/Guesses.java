package org.trefoil.server.signer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;

/**
 * Counts wrong codes of any kind over 24 hours by this signer's clock, as the front may call each
 * try another kind than the last. Of the 3 in 1,000,000 codes of six digits that are right at a
 * time, 20 tries a day find one in 46 years. Where all accounts together had {@value #MOST_OF_ALL},
 * each has {@value #FREE} left, so that strangers with accounts of their own keep nobody out.
 * Passkeys are not guessed, and not counted.
 */
final class Guesses {
  /** Of one account. */
  static final int MOST = 20;

  /** Of all accounts. */
  static final int MOST_OF_ALL = 1_000;

  /** Of an account, however many others had. */
  static final int FREE = 3;

  private static final Duration DAY = Duration.ofHours(24);
  private static final String ALL = "all";

  private final Shelf<Vain> shelf;
  private final InstantSource careful;
  private final int most;

  /**
   * Tries in vain.
   *
   * @param since the first of them
   */
  record Vain(int many, Instant since) {
    static Vain read(Fields f) {
      return new Vain(f.count("many"), Instant.ofEpochSecond(f.number("since")));
    }

    Json json() {
      return Json.object().put("many", many).put("since", since.getEpochSecond()).json();
    }
  }

  /**
   * On one shelf.
   *
   * @param most of one account
   */
  Guesses(Books books, String name, int most, InstantSource careful) {
    this.shelf = books.shelf(name, Vain::json, Vain::read);
    this.most = most;
    this.careful = careful;
  }

  /** Whether nothing more that is typed for the account is looked at today. */
  boolean usedUp(String accountId) {
    int own = many(accountId);
    return own >= most || own >= FREE && many(ALL) >= MOST_OF_ALL;
  }

  private int many(String key) {
    return shelf.find(key).filter(this::today).map(Vain::many).orElse(0);
  }

  private boolean today(Vain vain) {
    return vain.since().plus(DAY).isAfter(careful.instant());
  }

  /** Counts a wrong one. */
  void wrong(String accountId) {
    add(accountId);
    add(ALL);
  }

  private void add(String key) {
    Instant now = Instant.ofEpochSecond(careful.instant().getEpochSecond());
    Vain before = shelf.find(key).filter(this::today).orElse(new Vain(0, now));
    shelf.put(key, new Vain(before.many() + 1, before.since()));
  }
}
