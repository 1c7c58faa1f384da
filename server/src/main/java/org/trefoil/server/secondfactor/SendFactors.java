package org.trefoil.server.secondfactor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;

/**
 * Takes the second factor of exactly one send: by this process, or by a signer beside it that
 * judges the send for itself.
 */
public interface SendFactors {
  /**
   * What the factor is given for.
   *
   * @param digest of the transaction with all input amounts
   * @param policyVersion of the wallet's policies as they are now; 0 where none was ever signed
   * @param psbt the half-signed transaction as it was checked just now
   * @param address from which network address; null when that is not known
   * @param knownSince since when the browser is known; null when it is new, or nobody asks
   */
  record For(
      String accountId,
      String walletId,
      String sendId,
      byte[] digest,
      long policyVersion,
      byte[] psbt,
      @Nullable String address,
      @Nullable Instant knownSince) {}

  /**
   * Uses the factor up, inside the caller's transaction, which must commit whatever comes of it.
   *
   * @return why not; null when it is given for exactly this
   */
  @Nullable Refusal use(For send, GivenFactor given);

  /** The same of a member who says yes to a send that somebody else began; a no takes none. */
  @Nullable Refusal useForYes(For send, GivenFactor given);
}
