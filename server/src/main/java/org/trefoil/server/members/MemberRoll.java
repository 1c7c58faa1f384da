package org.trefoil.server.members;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trefoil.core.units.Utf8;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.AccountStore;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;
import org.trefoil.server.members.MemberStore.Invitation;
import org.trefoil.server.members.MemberStore.Row;
import org.trefoil.server.wallets.Membership;

/**
 * The members of all wallets, and who was asked. Guarantee: a row that somebody with the database
 * alone put in or changed counts for nothing. Limit: one that was removed can be put back as it
 * was.
 */
public final class MemberRoll implements Membership {
  private final MemberStore store;
  private final AccountStore accounts;
  private final Pepper pepper;

  public MemberRoll(MemberStore store, AccountStore accounts, KeyFile keyFile) {
    this.store = store;
    this.accounts = accounts;
    this.pepper = new Pepper(keyFile, "member");
  }

  @Override
  public Optional<MemberRole> role(String walletId, String accountId) {
    return store.find(walletId, accountId).filter(this::sealed).map(Row::role);
  }

  @Override
  public List<String> walletsOf(String accountId) {
    return store.memberships(accountId).stream().filter(this::sealed).map(Row::walletId).toList();
  }

  @Override
  public String email(String accountId) {
    return accounts.byId(accountId).map(AccountStore.Entry::account).map(Account::email).orElse("");
  }

  /** The members of a wallet, the first one first. */
  public List<Row> of(String walletId) {
    return store.members(walletId).stream().filter(this::sealed).toList();
  }

  /** A row as it is to be stored. */
  Row row(String walletId, String accountId, MemberRole role, Instant joinedAt) {
    return new Row(walletId, accountId, role, joinedAt, seal(walletId, accountId, role, joinedAt));
  }

  /** An invitation as it is to be stored. */
  Invitation sealed(Invitation asked) {
    return new Invitation(
        asked.invitationId(),
        asked.walletId(),
        asked.email(),
        asked.role(),
        asked.tokenHash(),
        asked.invitedBy(),
        asked.expiresAt(),
        seal(asked));
  }

  /** Whether it was made here, as it is. */
  boolean proved(Invitation asked) {
    return MessageDigest.isEqual(seal(asked), asked.seal());
  }

  private byte[] seal(Invitation asked) {
    return pepper.of(
        Utf8.of("invitation"),
        Utf8.of(asked.walletId()),
        Utf8.of(asked.email()),
        Utf8.of(asked.role().name()),
        asked.tokenHash(),
        Utf8.of(asked.invitedBy()),
        Utf8.of(Long.toString(asked.expiresAt().getEpochSecond())));
  }

  private boolean sealed(Row row) {
    byte[] seal = seal(row.walletId(), row.accountId(), row.role(), row.joinedAt());
    return MessageDigest.isEqual(seal, row.seal());
  }

  private byte[] seal(String walletId, String accountId, MemberRole role, Instant joinedAt) {
    String since = Long.toString(joinedAt.getEpochSecond());
    return pepper.of(Utf8.of(walletId), Utf8.of(accountId), Utf8.of(role.name()), Utf8.of(since));
  }
}
