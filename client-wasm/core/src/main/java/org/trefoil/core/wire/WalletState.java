package org.trefoil.core.wire;

/** How far a wallet has come. */
public enum WalletState {
  /** Only the server's key exists. */
  DRAFT,
  /** All keys exist; the paper was not yet typed back. */
  UNCHECKED,
  /** In use. */
  ACTIVE,
  /** Another one came after it: still watched, and what is paid to it can go there alone. */
  REPLACED;

  /** Whether it is followed on the chain. */
  public boolean live() {
    return this == ACTIVE || this == REPLACED;
  }
}
