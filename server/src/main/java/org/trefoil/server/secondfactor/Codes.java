package org.trefoil.server.secondfactor;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.keyfile.Sealed;

/**
 * Who has the secrets of authenticator apps and knows recovery codes: this process, or a signer
 * beside it. Each code is accepted once.
 */
public interface Codes {
  /** Whether the account has a confirmed app. */
  boolean enrolled(String accountId);

  /** Recovery codes left. */
  int recoveryLeft(String accountId);

  /**
   * Makes a secret, or gives the one under way again; refuses {@code factor-already-enrolled}.
   *
   * @return as the app is told it: base32 without padding
   */
  String begin(String accountId);

  /**
   * Ends enrolment with the app's first code; refuses {@code factor-already-enrolled}.
   *
   * @param recovery where ten new recovery codes are written when it is right
   */
  Verdict confirm(String accountId, String typed, List<String> recovery);

  /**
   * Uses a code of the app or a recovery code up, and counts it as a try when it is wrong; refuses
   * {@code factor-missing}.
   *
   * @param digest of what it is given for; null for what has none
   */
  Verdict use(String accountId, String typed, byte @Nullable [] digest, Tries kind);

  /** The same where the caller counts the tries. */
  Verdict useCountedElsewhere(String accountId, String typed);

  /** Whether what a passkey stood in for is as good as a code for whatever guards keys. */
  boolean takesTickets();

  /** As {@link #use} for what lets the account add a passkey. */
  Verdict useToAddPasskey(String accountId, String typed);

  /** As {@link #use} for what lets the account remove a passkey at once. */
  Verdict useToRemovePasskey(String accountId, String typed);

  /**
   * Puts ten new recovery codes, written to {@code recovery}, in the place of all old ones. Refuses
   * {@code signer-needs-code} where {@link #takesTickets} says no.
   */
  void renew(String accountId, List<String> recovery);

  /** The same on a code, which is used up; {@code recovery} stays empty unless it was right. */
  Verdict renew(String accountId, String typed, List<String> recovery);

  /**
   * A new secret that is to take the place of the account's; it opens nothing before it does.
   *
   * @param byKeys whether {@link #hasten} comes next; else it may be refused by {@code
   *     reset-needs-keys}
   * @return what the caller keeps of it
   */
  Sealed fresh(String accountId, boolean byKeys);

  /** Whether no wait replaces the account's app: both keys of its wallet do, or nothing. */
  boolean keysAlone(String accountId);

  /** From when on the recovery codes confirm sends and changes; null where they do already. */
  @Nullable Instant recoveryFrom(String accountId);

  /**
   * Has a {@link #fresh} secret wait no longer, as two keys of a wallet of the account say so.
   *
   * @return until when it waits all the same; null when it does not
   */
  @Nullable Instant hasten(String accountId, KeyProof proof);

  /** A {@link #fresh} secret as the app is told it. */
  String show(String accountId, Sealed fresh);

  /**
   * Puts a {@link #fresh} secret in the place of the account's on its first code, and ten new
   * recovery codes in the place of all old ones; false when the code is wrong.
   */
  boolean replace(String accountId, Sealed fresh, String typed, List<String> recovery);
}
