package org.trefoil.server.signer;

import java.time.InstantSource;

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

  private static final String ALL = "all";

  private final DayCounts counts;
  private final int most;

  /**
   * On one shelf.
   *
   * @param most of one account
   */
  Guesses(Books books, String name, int most, InstantSource careful) {
    this.counts = new DayCounts(books, name, careful);
    this.most = most;
  }

  /** Whether nothing more that is typed for the account is looked at today. */
  boolean usedUp(String accountId) {
    int own = counts.many(accountId);
    return own >= most || own >= FREE && counts.many(ALL) >= MOST_OF_ALL;
  }

  /** Counts a wrong one. */
  void wrong(String accountId) {
    counts.add(accountId);
    counts.add(ALL);
  }
}
