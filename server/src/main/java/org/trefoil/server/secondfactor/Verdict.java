package org.trefoil.server.secondfactor;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/** What came of a code. */
public enum Verdict {
  /** Right, and now used up. */
  OK(null),
  WRONG(Token.CODE_WRONG),
  /** Right, but it (or a later one) was used before. */
  USED(Token.CODE_USED),
  /** Too many tries; not even looked at. */
  TOO_MANY(Token.TOO_MANY_TRIES);

  private final @Nullable Token token;

  Verdict(@Nullable Token token) {
    this.token = token;
  }

  /** What it is refused as; null for {@link #OK}. */
  public @Nullable Refusal refusal() {
    return token == null ? null : Refusal.of(token);
  }

  /** Refuses as {@link #refusal} says. */
  public void orRefuse() {
    if (token != null) {
      throw Refusal.of(token).exception();
    }
  }

  /** The verdict that a refusal belongs to; null for one of something else. */
  public static @Nullable Verdict of(Refusal refusal) {
    for (Verdict verdict : values()) {
      if (verdict.token != null && refusal.is(verdict.token)) {
        return verdict;
      }
    }
    return null;
  }
}
