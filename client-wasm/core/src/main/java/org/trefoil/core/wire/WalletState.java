package org.trefoil.core.wire;

/** How far a wallet has come. */
public enum WalletState {
  /** Only the server's key exists. */
  DRAFT,
  /** All keys exist; the paper was not yet typed back. */
  UNCHECKED,
  /** In use. */
  ACTIVE
}
