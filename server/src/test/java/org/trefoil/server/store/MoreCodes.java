package org.trefoil.server.store;

/** Gives an account more recovery codes than it would have, for crowds. */
public final class MoreCodes {
  private MoreCodes() {}

  public static void add(Database database, String accountId, byte[] hash) {
    database.use(
        h ->
            h.createUpdate(
                    "INSERT INTO recovery_code (account_id, code_hash) VALUES (:account, :hash)")
                .bind("account", accountId)
                .bind("hash", hash)
                .execute());
  }
}
