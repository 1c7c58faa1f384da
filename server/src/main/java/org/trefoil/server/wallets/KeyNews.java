package org.trefoil.server.wallets;

import org.trefoil.server.passkey.Passkey;

/** Tells a person what became of the keys of a wallet, inside the transaction that changed them. */
public interface KeyNews {
  /** The user key was sealed under another passcode. */
  void passcodeChanged(WalletRecord wallet);

  /** This passkey and a PIN open the envelope from now on, as the passcode does. */
  void openingAdded(WalletRecord wallet, Passkey passkey);

  /** They do not any more. */
  void openingRemoved(WalletRecord wallet, Passkey passkey);

  /** A wallet to come after this one was begun; nothing is different yet. */
  void keysBegun(WalletRecord older);

  /** The wallet was shown for other software. */
  void exported(WalletRecord wallet);

  /** Another wallet came after this one. */
  void keysReplaced(WalletRecord older);
}
