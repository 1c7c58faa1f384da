package org.trefoil.server.signer;

import java.time.InstantSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/**
 * Counts over 24 hours by this signer's clock what the front has done without a second factor, or
 * with one of its own, and is written down, so that one that was taken over fills neither memory
 * nor disk. New keys, secrets of apps, and what is asked for again are lines of 430 to 630 bytes:
 * about 30 MB of each in a day at the most.
 */
final class Allowance {
  /**
   * New keys, secrets of apps, and what is asked for again, each of all accounts in a day: far more
   * than come to one server, and more than a stranger with some accounts at it uses up.
   */
  static final int MOST_NEW = 50_000;

  /**
   * How often an account that has no app is shown another secret in a day: each look at the page.
   */
  static final int MOST_SHOWN = 40;

  /** How often an account asks for a thing again in a day. */
  static final int MOST_AGAIN = 50;

  /** Sends that are confirmed of a wallet in a day. */
  static final int MOST_SENDS = 2_000;

  private final DayCounts counts;

  Allowance(Books books, InstantSource careful) {
    this.counts = new DayCounts(books, "allowance", careful);
  }

  /** Counts a new key; refuses {@code signer-full}. */
  void takeKey() {
    take("key", MOST_NEW, Token.SIGNER_FULL);
  }

  /** Counts a secret that an account is shown; refuses as {@link #takeAgain}. */
  void takeApp(String accountId) {
    refuse(accountId, MOST_SHOWN, Token.TOO_MANY_TRIES);
    take("app", MOST_NEW, Token.SIGNER_FULL);
    counts.add(accountId);
  }

  /**
   * Counts what an account asks for again; refuses {@code too-many-tries}, and {@code signer-full}
   * where all accounts together had too many.
   *
   * @param what the account, and what it asks for where that is counted apart
   */
  void takeAgain(String what) {
    refuse(what, MOST_AGAIN, Token.TOO_MANY_TRIES);
    take("again", MOST_NEW, Token.SIGNER_FULL);
    counts.add(what);
  }

  /** Counts a send of a wallet that is to be confirmed; refuses {@code too-many-tries}. */
  void takeSend(String walletId) {
    take("send/" + walletId, MOST_SENDS, Token.TOO_MANY_TRIES);
  }

  private void take(String name, int most, Token refusal) {
    refuse(name, most, refusal);
    counts.add(name);
  }

  private void refuse(String name, int most, Token refusal) {
    if (counts.many(name) >= most) {
      throw Refusal.of(refusal).exception();
    }
  }
}
