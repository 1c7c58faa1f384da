package org.trefoil.server.wallets;

/** Tells a person what became of the keys of a wallet, inside the transaction that changed them. */
public interface KeyNews {
  /** The user key was sealed under another passcode. */
  void passcodeChanged(WalletRecord wallet);

  /** Another wallet came after this one. */
  void keysReplaced(WalletRecord older);
}
