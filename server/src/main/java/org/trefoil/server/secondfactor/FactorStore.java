package org.trefoil.server.secondfactor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.keyfile.Sealed;

/** Where second factors are kept. */
public interface FactorStore {
  /**
   * A factor.
   *
   * @param secret the TOTP secret, sealed for the account
   * @param confirmed whether its first code was given
   * @param lastStep the latest step that was used; codes of it and earlier ones are dead
   */
  record Entry(String accountId, Sealed secret, boolean confirmed, long lastStep) {}

  Optional<Entry> find(String accountId);

  /**
   * A factor that the running transaction holds, so that no other takes a try meanwhile.
   *
   * @param tries that were taken in vain, of the kind that was asked for
   * @param since when the first of them was taken
   */
  record Held(Entry entry, int tries, Instant since) {}

  Optional<Held> lock(String accountId, Tries kind);

  /**
   * Sets the secret of an account that has none; false when it has one. One that was not confirmed
   * may be put in its place.
   */
  boolean begin(String accountId, Sealed secret);

  /** Marks the factor confirmed, with the recovery codes' hashes; false when it already was. */
  boolean confirm(String accountId, long step, List<byte[]> recoveryHashes, Instant at);

  /** Puts another secret in the place of a confirmed factor's, and gives all tries back. */
  void replaceSecret(String accountId, Sealed secret, long step);

  /** Puts these recovery codes in place of all that the account had, used ones included. */
  void replaceRecovery(String accountId, List<byte[]> recoveryHashes);

  /**
   * Takes one try, by one conditional statement; each kind is counted apart.
   *
   * @return false when {@code most} tries were taken since {@code windowStart}
   */
  boolean takeTry(String accountId, Tries kind, int most, Instant windowStart, Instant now);

  /** Gives all tries of a kind back. */
  void clearTries(String accountId, Tries kind);

  /**
   * Uses up a step: one conditional update that only a later step than any before can pass.
   *
   * @param digest what the code was given for; null for a sign-in
   */
  boolean useStep(String accountId, long step, byte @Nullable [] digest);

  /** Uses up this step and all before it, for every account. */
  void useUpSteps(long step);

  /** Uses up a recovery code; false when there is none such or it was used before. */
  boolean useRecovery(String accountId, byte[] hash, Instant at, byte @Nullable [] digest);

  /** Uses up every recovery code of every account. */
  void useUpRecovery(Instant at);

  /** Whether there is such a recovery code, used or not. */
  boolean knowsRecovery(String accountId, byte[] hash);

  /** Recovery codes left. */
  int recoveryLeft(String accountId);
}
