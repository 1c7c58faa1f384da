package org.trefoil.server.wallets;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.SecondSlot;

/** Where wallets are kept. */
public interface WalletStore {
  /**
   * When a wallet's paper was read back: at its birth and once more, and when the reminder of it
   * was put off.
   */
  record Drill(
      @Nullable Instant activatedAt, @Nullable Instant drilledAt, @Nullable Instant remindedAt) {}

  /**
   * Adds a draft; false when the account used that request id before, or another wallet replaces
   * the same one already.
   */
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

  /** The wallet that comes after this one, however far it is. */
  Optional<WalletRecord> successor(String walletId);

  /** Active and replaced wallets that the chain index does not know. */
  List<WalletRecord> unwatched();

  /** Number of all wallets. */
  long count();

  /** Gives a draft its keys; false when it is no draft any more. */
  boolean storeKeys(String walletId, NewKeys keys);

  /**
   * Makes an unchecked wallet active; false when it is not unchecked.
   *
   * @param proofs what the holders of brought keys signed, kept as evidence
   */
  boolean activate(String walletId, Instant at, List<String> proofs);

  /** Marks an active wallet as replaced; false when it is not active. */
  boolean replace(String walletId, Instant at);

  /** When a wallet was replaced; empty when it was not, or by a release that did not note it. */
  Optional<Instant> replacedAt(String walletId);

  /**
   * Puts one sealed user key and what stands beside it in the place of another, of which nothing is
   * left.
   */
  void reseal(String walletId, String sealed, SecondSlot beside);

  Drill drill(String walletId);

  /** Notes that the paper was read back. */
  void drilled(String walletId, Instant at);

  /** Notes that the reminder was put off. */
  void reminded(String walletId, Instant at);

  /** Removes a wallet that is not active yet; false when it is, or was, or is not there. */
  boolean remove(String walletId);

  /** Notes that {@code count} addresses were handed out. */
  void handOut(String walletId, int count);
}
