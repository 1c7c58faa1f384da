package org.trefoil.server.account;

/** Hears, inside the transaction that does it, that somebody signed in has another password. */
public interface PasswordNews {
  void passwordChanged(Account account);
}
