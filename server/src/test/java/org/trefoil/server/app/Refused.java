package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;

/** Expects refusals by their token. */
public final class Refused {
  private Refused() {}

  /** As {@link #with(Token, ThrowingCallable)}, and the refusal says in which state things are. */
  static void with(String state, Token token, ThrowingCallable work) {
    assertThat(refusal(token, work).data()).containsEntry("state", state);
  }

  public static void with(Token token, ThrowingCallable work) {
    refusal(token, work);
  }

  static Refusal refusal(Token token, ThrowingCallable work) {
    RefusedException e = catchThrowableOfType(RefusedException.class, work);
    assertThat(e).as("should be refused with %s", token).isNotNull();
    assertThat(e.refusal().token()).isEqualTo(token.token());
    return e.refusal();
  }
}
