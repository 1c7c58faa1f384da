package org.trefoil.core.wire;

/** How far a send has come. */
public enum SendState {
  NEEDS_FACTOR,
  SIGNED,
  BROADCAST,
  CONFIRMED,
  CANCELLED,
  EXPIRED,
  REPLACED,
  REJECTED
}
