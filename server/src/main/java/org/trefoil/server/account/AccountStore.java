package org.trefoil.server.account;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Where accounts are kept. */
public interface AccountStore {
  /** An account with what checks its proof. */
  record Entry(Account account, SignInSecret secret) {}

  /** Adds the account unless its e-mail is taken. */
  boolean add(Account account, SignInSecret secret);

  Optional<Entry> byEmail(Email email);

  Optional<Entry> byId(String accountId);

  /** The e-mail addresses of these accounts. */
  Map<String, String> emails(Collection<String> accountIds);

  /** Replaces the secret if it is still {@code old}; false when it changed meanwhile. */
  boolean replaceSecret(String accountId, SignInSecret old, SignInSecret fresh);

  /**
   * Replaces the address if it is still {@code old} by one that is confirmed; false when it is not,
   * or another's.
   */
  boolean replaceEmail(String accountId, String old, String fresh, Instant confirmedAt);

  /** Removes an account that no second factor was confirmed for, with its sessions; or false. */
  boolean removeUnfinished(String accountId);

  /** Number of accounts. */
  long count();
}
