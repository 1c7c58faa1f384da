package org.trefoil.server.duress;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.Marks;

/** By what something was signed. */
public enum Hand {
  /** Another key than the user key, from paper or a device. */
  PAPER,
  /** The user key of a wallet from before there were marks. */
  UNKNOWN,
  /** The user key, opened with the first passcode. */
  FIRST,
  /** The user key, opened with the second one. */
  SECOND;

  /**
   * Whose hand a mark tells. Refuses {@code mark-missing} and {@code mark-wrong}.
   *
   * @param marks the wallet's; null for one from before
   * @param byUser whether the user key signed
   * @param done the 32 bytes of what was signed
   */
  public static Hand of(@Nullable Marks marks, boolean byUser, byte[] done, @Nullable String mark) {
    if (!byUser) {
      return PAPER;
    }
    if (marks == null) {
      return UNKNOWN;
    }
    if (mark == null) {
      throw Refusal.of(Token.MARK_MISSING).exception();
    }
    return switch (marks.by(done, mark)) {
      case FIRST -> FIRST;
      case SECOND -> SECOND;
      case NEITHER -> throw Refusal.of(Token.MARK_WRONG).exception();
    };
  }
}
