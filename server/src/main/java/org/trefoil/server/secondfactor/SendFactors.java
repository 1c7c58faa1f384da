package org.trefoil.server.secondfactor;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.Passkeys;

/**
 * The second factor of exactly one send: a code that is used up for it, or a passkey's signature.
 */
public final class SendFactors {
  private final SecondFactors codes;
  private final Passkeys passkeys;

  public SendFactors(SecondFactors codes, Passkeys passkeys) {
    this.codes = codes;
    this.passkeys = passkeys;
  }

  /**
   * What the factor is given for.
   *
   * @param digest of the transaction with all input amounts
   * @param policyVersion of the wallet's policies as they are now; 0 where none was ever signed
   */
  public record For(
      String accountId, String walletId, String sendId, byte[] digest, long policyVersion) {}

  /**
   * Uses the factor up, inside the caller's transaction, which must commit whatever comes of it.
   *
   * @return why not; null when it is given for exactly this
   */
  public @Nullable Refusal use(For send, GivenFactor given) {
    return use(send, given, passkeys.questions()::answerSend);
  }

  /** The same for the yes of a member to a send that somebody else began. */
  public @Nullable Refusal useForVote(For send, GivenFactor given) {
    return use(send, given, passkeys.questions()::answerVote);
  }

  /** Takes what a passkey signed. */
  private interface Answers {
    @Nullable Refusal take(
        String accountId,
        String walletId,
        String sendId,
        byte[] digest,
        long policyVersion,
        Assertion assertion);
  }

  private @Nullable Refusal use(For send, GivenFactor given, Answers answers) {
    if (given instanceof GivenFactor.Signed signed) {
      return answers.take(
          send.accountId(),
          send.walletId(),
          send.sendId(),
          send.digest(),
          send.policyVersion(),
          signed.assertion());
    }
    String typed = ((GivenFactor.Code) given).typed();
    Verdict verdict = codes.useForSend(send.accountId(), typed, send.digest());
    return verdict == Verdict.OK ? null : SecondFactors.refusal(verdict);
  }
}
