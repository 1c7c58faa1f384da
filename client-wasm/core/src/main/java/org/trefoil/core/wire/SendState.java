package org.trefoil.core.wire;

/** How far a send has come. */
public enum SendState {
  /** Other owners have to sign first. */
  NEEDS_SIGNATURES,
  NEEDS_FACTOR,
  /** Confirmed, and waiting because a rule of the wallet says so. */
  HELD,
  SIGNED,
  BROADCAST,
  CONFIRMED,
  CANCELLED,
  EXPIRED,
  REPLACED,
  REJECTED
}
