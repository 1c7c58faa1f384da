package org.trefoil.server.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where sessions are kept, by the hash of their token. */
public interface SessionStore {
  void add(Session.Entry session);

  Optional<Session.Entry> find(byte[] tokenHash);

  void touch(byte[] tokenHash, Instant seenAt);

  /** Removes the session; false when it was not there. */
  boolean remove(byte[] tokenHash);

  /** Removes one of the account's sessions by its public name. */
  boolean remove(String accountId, String sessionId);

  /** Removes all sessions of the account but the one with this hash. */
  int removeAllBut(String accountId, byte[] keptHash);

  List<Session.Entry> list(String accountId);

  /** One of the account's sessions by its public name. */
  Optional<Session.Entry> find(String accountId, String sessionId);

  /** Removes sessions last seen before {@code idleSince} or made before {@code madeBefore}. */
  int sweep(Instant idleSince, Instant madeBefore);
}
