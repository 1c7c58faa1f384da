package org.trefoil.server.store;

import java.time.Instant;
import java.util.List;
import org.trefoil.server.wallets.OpeningStore;

/** Other ways into envelopes in {@code opening}; the table lets go of those of a gone passkey. */
public final class JdbiOpeningStore implements OpeningStore {
  private final Database database;

  public JdbiOpeningStore(Database database) {
    this.database = database;
  }

  @Override
  public void put(Row row) {
    database.use(
        h -> {
          h.execute(
              "DELETE FROM opening WHERE wallet_id = ? AND passkey_id = ?",
              row.walletId(),
              row.passkeyId());
          h.createUpdate(
                  "INSERT INTO opening (wallet_id, passkey_id, salt, wrapped, created_at)"
                      + " VALUES (:wallet, :passkey, :salt, :wrapped, :created)")
              .bind("wallet", row.walletId())
              .bind("passkey", row.passkeyId())
              .bind("salt", row.salt())
              .bind("wrapped", row.wrapped())
              .bind("created", row.createdAt().getEpochSecond())
              .execute();
        });
  }

  @Override
  public List<Row> list(String walletId) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT * FROM opening WHERE wallet_id = :wallet"
                        + " ORDER BY created_at, passkey_id")
                .bind("wallet", walletId)
                .map(
                    (rs, context) ->
                        new Row(
                            rs.getString("wallet_id"),
                            rs.getString("passkey_id"),
                            rs.getBytes("salt"),
                            rs.getString("wrapped"),
                            Instant.ofEpochSecond(rs.getLong("created_at"))))
                .list());
  }

  @Override
  public boolean remove(String walletId, String passkeyId) {
    return database.with(
        h ->
            h.execute(
                    "DELETE FROM opening WHERE wallet_id = ? AND passkey_id = ?",
                    walletId,
                    passkeyId)
                == 1);
  }

  @Override
  public void removeAll(String walletId) {
    database.use(h -> h.execute("DELETE FROM opening WHERE wallet_id = ?", walletId));
  }
}
