package org.trefoil.server.spend;

import org.trefoil.core.wire.SendState;

/** Where a send stands, as it is stored: one stage more than what people see. */
public enum SendStage {
  NEEDS_FACTOR(SendState.NEEDS_FACTOR),
  /** The second factor was given and the coins are reserved; a rule has it wait. */
  HELD(SendState.HELD),
  /**
   * The second factor was given and the coins are reserved, but it was signed under the second
   * passcode: nobody signs it and nothing tells that, until its owner is back with the first.
   */
  QUIET(SendState.SIGNED),
  /** The intent is on disk and the coins are reserved; the signature is being made. */
  APPROVED(SendState.SIGNED),
  SIGNED(SendState.SIGNED),
  BROADCAST(SendState.BROADCAST),
  CONFIRMED(SendState.CONFIRMED),
  CANCELLED(SendState.CANCELLED),
  EXPIRED(SendState.EXPIRED),
  REPLACED(SendState.REPLACED),
  REJECTED(SendState.REJECTED);

  private final SendState shown;

  SendStage(SendState shown) {
    this.shown = shown;
  }

  /** What the person sees. */
  public SendState shown() {
    return shown;
  }

  /**
   * Whether the second factor was given and the send is not over: the same again changes nothing.
   */
  boolean confirmed() {
    return approved() || this == HELD || this == QUIET;
  }

  /** Whether it looks as if the network had it, or were to have it. */
  boolean looksApproved() {
    return approved() || this == QUIET;
  }

  /** Whether the send was approved and the network may have it, or will. */
  public boolean approved() {
    return this == APPROVED || this == SIGNED || this == BROADCAST || this == CONFIRMED;
  }
}
