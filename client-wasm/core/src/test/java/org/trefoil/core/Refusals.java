package org.trefoil.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts refusals by token. */
public final class Refusals {
  private Refusals() {}

  /** The refusal that {@code action} ends in, which must carry {@code token}. */
  public static Refusal refusal(Token token, ThrowingCallable action) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, action);
    assertThat(refused).as("refused with " + token.token()).isNotNull();
    assertThat(refused.refusal().token()).isEqualTo(token.token());
    return refused.refusal();
  }
}
