package org.trefoil.server.secondfactor;

/** What came of a code. */
public enum Verdict {
  /** Right, and now used up. */
  OK,
  WRONG,
  /** Right, but it (or a later one) was used before. */
  USED,
  /** Too many tries; not even looked at. */
  TOO_MANY
}
