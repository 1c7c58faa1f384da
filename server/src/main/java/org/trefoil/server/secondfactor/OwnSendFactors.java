package org.trefoil.server.secondfactor;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.server.passkey.Assertion;
import org.trefoil.server.passkey.Passkeys;

/**
 * The second factor of sends in this process: a code that is used up for one, or a passkey's
 * signature.
 */
public final class OwnSendFactors implements SendFactors {
  private final SecondFactors codes;
  private final Passkeys passkeys;

  public OwnSendFactors(SecondFactors codes, Passkeys passkeys) {
    this.codes = codes;
    this.passkeys = passkeys;
  }

  @Override
  public @Nullable Refusal use(For send, GivenFactor given) {
    return use(send, given, passkeys.questions()::answerSend);
  }

  @Override
  public @Nullable Refusal useForYes(For send, GivenFactor given) {
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
    return verdict.refusal();
  }
}
