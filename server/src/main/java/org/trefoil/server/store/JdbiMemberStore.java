package org.trefoil.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.server.members.MemberStore;

/** Members in the table {@code member}, those who were asked in {@code invitation}. */
public final class JdbiMemberStore implements MemberStore {
  private final Database database;

  public JdbiMemberStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Row> find(String walletId, String accountId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM member WHERE wallet_id = :wallet AND account_id = :account")
                .bind("wallet", walletId)
                .bind("account", accountId)
                .map((rs, context) -> row(rs))
                .findOne());
  }

  @Override
  public List<Row> members(String walletId) {
    return rows("wallet_id", walletId);
  }

  @Override
  public List<Row> memberships(String accountId) {
    return rows("account_id", accountId);
  }

  private List<Row> rows(String column, String id) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM member WHERE "
                        + column
                        + " = :id ORDER BY joined_at, account_id, wallet_id")
                .bind("id", id)
                .map((rs, context) -> row(rs))
                .list());
  }

  private static Row row(ResultSet rs) throws SQLException {
    return new Row(
        rs.getString("wallet_id"),
        rs.getString("account_id"),
        MemberRole.valueOf(rs.getString("role")),
        Instant.ofEpochSecond(rs.getLong("joined_at")),
        rs.getBytes("seal"));
  }

  @Override
  public boolean add(Row member) {
    return database.inserted(
        h ->
            h.createUpdate(
                    "INSERT INTO member (wallet_id, account_id, role, joined_at, seal)"
                        + " SELECT :wallet, :account, :role, :joined, :seal WHERE NOT EXISTS"
                        + " (SELECT 1 FROM member"
                        + " WHERE wallet_id = :wallet AND account_id = :account)")
                .bind("wallet", member.walletId())
                .bind("account", member.accountId())
                .bind("role", member.role().name())
                .bind("joined", member.joinedAt().getEpochSecond())
                .bind("seal", member.seal())
                .execute());
  }

  @Override
  public void change(Row member) {
    database.use(
        h ->
            h.createUpdate(
                    "UPDATE member SET role = :role, joined_at = :joined, seal = :seal"
                        + " WHERE wallet_id = :wallet AND account_id = :account")
                .bind("role", member.role().name())
                .bind("joined", member.joinedAt().getEpochSecond())
                .bind("seal", member.seal())
                .bind("wallet", member.walletId())
                .bind("account", member.accountId())
                .execute());
  }

  @Override
  public boolean remove(String walletId, String accountId) {
    return database.with(
        h ->
            h.execute(
                    "DELETE FROM member WHERE wallet_id = ? AND account_id = ?",
                    walletId,
                    accountId)
                == 1);
  }

  @Override
  public void invite(Invitation invitation) {
    database.use(
        h -> {
          h.execute(
              "DELETE FROM invitation WHERE wallet_id = ? AND email = ?",
              invitation.walletId(),
              invitation.email());
          h.createUpdate(
                  "INSERT INTO invitation (invitation_id, wallet_id, email, role, token_hash,"
                      + " invited_by, expires_at, seal)"
                      + " VALUES (:id, :wallet, :email, :role, :hash, :by, :expires, :seal)")
              .bind("id", invitation.invitationId())
              .bind("wallet", invitation.walletId())
              .bind("email", invitation.email())
              .bind("role", invitation.role().name())
              .bind("hash", invitation.tokenHash())
              .bind("by", invitation.invitedBy())
              .bind("expires", invitation.expiresAt().getEpochSecond())
              .bind("seal", invitation.seal())
              .execute();
        });
  }

  @Override
  public List<Invitation> invitations(String walletId, Instant now) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM invitation WHERE wallet_id = :wallet AND expires_at > :now"
                        + " ORDER BY expires_at, invitation_id")
                .bind("wallet", walletId)
                .bind("now", now.getEpochSecond())
                .map((rs, context) -> invitation(rs))
                .list());
  }

  @Override
  public Optional<Invitation> invitation(byte[] tokenHash, Instant now) {
    return database.with(
        h ->
            h.createQuery("SELECT * FROM invitation WHERE token_hash = :hash AND expires_at > :now")
                .bind("hash", tokenHash)
                .bind("now", now.getEpochSecond())
                .map((rs, context) -> invitation(rs))
                .findOne());
  }

  private static Invitation invitation(ResultSet rs) throws SQLException {
    return new Invitation(
        rs.getString("invitation_id"),
        rs.getString("wallet_id"),
        rs.getString("email"),
        MemberRole.valueOf(rs.getString("role")),
        rs.getBytes("token_hash"),
        rs.getString("invited_by"),
        Instant.ofEpochSecond(rs.getLong("expires_at")),
        rs.getBytes("seal"));
  }

  @Override
  public void takeAllOf(String walletId, String invitedBy) {
    database.use(
        h ->
            h.execute(
                "DELETE FROM invitation WHERE wallet_id = ? AND invited_by = ?",
                walletId,
                invitedBy));
  }

  @Override
  public boolean take(String walletId, String invitationId) {
    return database.with(
        h ->
            h.execute(
                    "DELETE FROM invitation WHERE wallet_id = ? AND invitation_id = ?",
                    walletId,
                    invitationId)
                == 1);
  }
}
