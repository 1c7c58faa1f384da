package org.trefoil.server.account;

import java.time.Instant;
import java.util.Optional;

/** Where browsers are kept in which somebody signed in, by the hash of their cookie. */
public interface DeviceStore {
  /** Since when the account is signed in to in this browser; empty when it never was. */
  Optional<Instant> since(byte[] tokenHash, String accountId);

  /** Whether any account was. */
  boolean any(byte[] tokenHash);

  /** Notes that it was seen; false when it is not known. */
  boolean seen(byte[] tokenHash, String accountId, Instant at);

  /** Adds a browser that is not known to the account. */
  void add(byte[] tokenHash, String accountId, String device, Instant at);

  /** Forgets those last seen before. */
  int sweep(Instant before);
}
