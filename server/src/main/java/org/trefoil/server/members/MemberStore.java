package org.trefoil.server.members;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.MemberRole;

/** Where members and invitations are kept. */
public interface MemberStore {
  /**
   * A member as it is stored.
   *
   * @param seal keyed hash over the rest
   */
  record Row(String walletId, String accountId, MemberRole role, Instant joinedAt, byte[] seal) {}

  Optional<Row> find(String walletId, String accountId);

  /** The members of a wallet, the first one first. */
  List<Row> members(String walletId);

  /** The memberships of an account. */
  List<Row> memberships(String accountId);

  /** Adds a member; false when the account is one. */
  boolean add(Row member);

  /** Puts a row in the place of the member's. */
  void change(Row member);

  /** Removes a member; false when it is none. */
  boolean remove(String walletId, String accountId);

  /**
   * Somebody who was asked.
   *
   * @param tokenHash SHA-256 of what stands in the link
   * @param invitedBy the account that asked
   * @param seal keyed hash over the rest; null in what was asked before there were any
   */
  record Invitation(
      String invitationId,
      String walletId,
      String email,
      MemberRole role,
      byte[] tokenHash,
      String invitedBy,
      Instant expiresAt,
      byte @Nullable [] seal) {}

  /** Adds one, in the place of an older one for the same address. */
  void invite(Invitation invitation);

  /** The open ones of a wallet that are not over. */
  List<Invitation> invitations(String walletId, Instant now);

  /** The one of a link, unless it is over. */
  Optional<Invitation> invitation(byte[] tokenHash, Instant now);

  /** Uses one up, or cancels it; false when it is gone. */
  boolean take(String walletId, String invitationId);

  /** Cancels those by which an account asked people to a wallet. */
  void takeAllOf(String walletId, String invitedBy);
}
