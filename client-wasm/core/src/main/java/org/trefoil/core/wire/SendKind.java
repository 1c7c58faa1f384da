package org.trefoil.core.wire;

/** What a send is for. */
public enum SendKind {
  /** Pays somebody. */
  PAYMENT,
  /** Takes the place of one that waits: the same payment at a higher fee. */
  BUMP,
  /** Takes the place of one that waits and pays all back to the wallet. */
  CANCEL,
  /** Spends a payment that waits back to the wallet, at a fee for both. */
  CHILD
}
