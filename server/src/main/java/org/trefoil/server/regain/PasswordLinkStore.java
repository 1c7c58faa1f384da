package org.trefoil.server.regain;

import java.time.Instant;
import java.util.Optional;

/** Where links that set a new password are kept, by the hash of their token. */
public interface PasswordLinkStore {
  /**
   * A link.
   *
   * @param mark what the account's password had to be like for the link to hold
   * @param factorGiven whether the second factor was given
   */
  record Entry(
      byte[] tokenHash,
      String accountId,
      byte[] mark,
      Instant createdAt,
      Instant expiresAt,
      boolean factorGiven) {
    public Entry {
      tokenHash = tokenHash.clone();
      mark = mark.clone();
    }

    @Override
    public byte[] tokenHash() {
      return tokenHash.clone();
    }

    @Override
    public byte[] mark() {
      return mark.clone();
    }

    @Override
    public String toString() {
      return "PasswordLinkStore.Entry[redacted]";
    }
  }

  void add(Entry link);

  Optional<Entry> find(byte[] tokenHash);

  /** Takes one of a link's {@code most} tries, by one conditional statement; false without one. */
  boolean takeTry(byte[] tokenHash, int most);

  /** Notes that the second factor was given: the link goes on under another token, once. */
  boolean factorGiven(byte[] tokenHash, byte[] nextHash, Instant expiresAt);

  /** Removes the link; false when it is not there any more. */
  boolean remove(byte[] tokenHash);

  void removeAll(String accountId);

  /** How many links of the account were made since. */
  int madeSince(String accountId, Instant since);

  /** How many tries were taken of the account's links that were made since. */
  int triesSince(String accountId, Instant since);

  /** Removes those made before. */
  int sweep(Instant madeBefore);
}
