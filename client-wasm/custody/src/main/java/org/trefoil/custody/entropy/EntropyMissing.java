package org.trefoil.custody.entropy;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/**
 * No trustworthy randomness: nothing may be made with what there is. The reason is one of {@code
 * absent}, {@code short}, {@code all-zero}, {@code all-equal}, {@code repeated}.
 */
public final class EntropyMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public EntropyMissing(String reason) {
    super("no usable entropy: " + reason);
    this.reason = reason;
  }

  /** What was wrong with the source. */
  public String reason() {
    return reason;
  }

  /** The refusal a person is shown. */
  public Refusal refusal() {
    return Refusal.of(Token.ENTROPY_MISSING, "reason", reason);
  }
}
