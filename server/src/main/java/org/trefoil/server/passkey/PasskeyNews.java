package org.trefoil.server.passkey;

/** Hears, inside the transaction that does it, what became of an account's passkeys. */
public interface PasskeyNews {
  void passkeyAdded(Passkey passkey);

  /** From now on it signs in without the password. */
  void passkeySignsIn(Passkey passkey);

  void passkeyRemoved(Passkey passkey);
}
