package org.trefoil.server.signer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;

/**
 * Which wallet's two keys speak for an account that lost its second factor. That a wallet is an
 * account's is the front's word alone, until the account's own factor is given for something of it:
 * from a wait after that on, the keys of the wallet that was pinned first replace the factor at
 * once. All others that may speak at all begin the wait that any factor of the account ends.
 */
final class Speakers {
  private final Shelf<Used> used;
  private final PinnedWallets wallets;
  private final InstantSource careful;
  private final Duration wait;

  /**
   * The wallet of an account that a factor was given for.
   *
   * @param from when that counts
   */
  private record Used(String walletId, Instant from) {
    static Used read(Fields f) {
      return new Used(f.text("wallet"), Instant.ofEpochSecond(f.number("from")));
    }

    Json json() {
      return Json.object().put("wallet", walletId).put("from", from.getEpochSecond()).json();
    }
  }

  Speakers(Books books, PinnedWallets wallets, InstantSource careful, Duration wait) {
    this.used = books.shelf("speaker", Used::json, Used::read);
    this.wallets = wallets;
    this.careful = careful;
    this.wait = wait;
  }

  /**
   * Hears that a factor of its owner that counts was given for something of a wallet. Until that
   * counts, one given for another wallet of his takes its place; later none does.
   */
  void used(String walletId) {
    String owner = wallets.owner(walletId);
    Instant now = careful.instant();
    Optional<Used> before = used.find(owner);
    boolean stays =
        before
            .filter(known -> known.walletId().equals(walletId) || !known.from().isAfter(now))
            .isPresent();
    if (!stays) {
      Instant from = Instant.ofEpochSecond(now.plus(wait).getEpochSecond());
      used.put(owner, new Used(walletId, from));
    }
  }

  /** Whether a wallet's keys speak for an account: those of the one it used, and of its first. */
  boolean speaks(String walletId, String accountId) {
    return wallets.isFirst(walletId, accountId)
        || used.find(accountId).filter(known -> known.walletId().equals(walletId)).isPresent();
  }

  /** Whether they are taken at once, where they {@link #speaks speak}. */
  boolean atOnce(String walletId, String accountId) {
    Instant now = careful.instant();
    return wallets.isFirst(walletId, accountId)
        && used.find(accountId)
            .filter(known -> known.walletId().equals(walletId) && !known.from().isAfter(now))
            .isPresent();
  }
}
