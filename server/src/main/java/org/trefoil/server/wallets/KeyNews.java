package org.trefoil.server.wallets;

/** Tells a person what became of the keys of a wallet, inside the transaction that changed them. */
public interface KeyNews {
  /** The user key was sealed under another passcode. */
  void passcodeChanged(WalletRecord wallet);

  /** A wallet to come after this one was begun; nothing is different yet. */
  void keysBegun(WalletRecord older);

  /** The wallet was shown for other software. */
  void exported(WalletRecord wallet);

  /** Another wallet came after this one. */
  void keysReplaced(WalletRecord older);
}
