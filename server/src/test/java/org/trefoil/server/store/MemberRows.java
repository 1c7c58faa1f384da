package org.trefoil.server.store;

import org.trefoil.core.wire.MemberRole;

/** Somebody with the database alone, at the table of members. */
public record MemberRows(Database database) {
  /** Writes another role into a member's row. */
  public void raise(String accountId, MemberRole role) {
    database.use(
        h -> h.execute("UPDATE member SET role = ? WHERE account_id = ?", role.name(), accountId));
  }

  /** Makes the row of one member another's. */
  public void give(String accountId, String another) {
    database.use(
        h ->
            h.execute("UPDATE member SET account_id = ? WHERE account_id = ?", another, accountId));
  }

  /** Writes another role into an open invitation. */
  public void raiseInvitation(String email, MemberRole role) {
    database.use(
        h -> h.execute("UPDATE invitation SET role = ? WHERE email = ?", role.name(), email));
  }

  /** Keeps a copy of all open invitations. */
  public void keepInvitations() {
    database.use(h -> h.execute("CREATE TABLE kept AS SELECT * FROM invitation"));
  }

  /** Puts those back that were kept, as they were. */
  public void putInvitationsBack() {
    database.use(
        h -> {
          h.execute("INSERT INTO invitation SELECT * FROM kept");
          h.execute("DROP TABLE kept");
        });
  }

  /** Copies what somebody said of a send, as if another had said it. */
  public void copyVote(String sendId, String another) {
    database.use(
        h -> {
          h.execute(
              "INSERT INTO send_vote (send_id, account_id, yes, digest, voted_at, seal)"
                  + " SELECT send_id, ?, yes, digest, voted_at, seal FROM send_vote"
                  + " WHERE send_id = ?",
              another,
              sendId);
          h.execute("UPDATE send SET next_try_at = 1 WHERE send_id = ?", sendId);
        });
  }

  /** Lets everybody try as often as at first. */
  public void forgetTries() {
    database.use(h -> h.execute("DELETE FROM rate_bucket"));
  }
}
