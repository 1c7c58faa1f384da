package org.trefoil.server.wallets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where wallets are kept. */
public interface WalletStore {
  /** Adds a draft; false when the account used that request id before. */
  boolean add(WalletRecord draft);

  Optional<WalletRecord> find(String walletId);

  Optional<WalletRecord> byRequest(String accountId, String requestId);

  /**
   * Locks the wallet's row until the transaction ends, and reads it; must be the first statement of
   * work that decides on the wallet's sends.
   */
  Optional<WalletRecord> lock(String walletId);

  /** The account's wallets, newest first. */
  List<WalletRecord> list(String accountId);

  /** Active wallets that the chain index does not know. */
  List<WalletRecord> unwatched();

  /** Number of all wallets. */
  long count();

  /** Gives a draft its keys; false when it is no draft any more. */
  boolean storeKeys(
      String walletId, String descriptor, String endorsement, String sealed, boolean backupIsCold);

  /**
   * Makes an unchecked wallet active; false when it is not unchecked.
   *
   * @param coldProof what the holder of a cold backup key signed, kept as evidence
   */
  boolean activate(String walletId, Instant at, @Nullable String coldProof);

  /** Removes a wallet that is not active yet; false when it is, or is not there. */
  boolean remove(String walletId);

  /** Notes that {@code count} addresses were handed out. */
  void handOut(String walletId, int count);
}
