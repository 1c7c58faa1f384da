package org.trefoil.server.store;

import java.util.Objects;
import java.util.Optional;
import org.trefoil.server.cosign.NewServerKey;
import org.trefoil.server.cosign.SeedStore;
import org.trefoil.server.keyfile.Sealed;

/** Sealed seeds in the table {@code server_seed}. */
public final class JdbiSeedStore implements SeedStore {
  private final Database database;

  public JdbiSeedStore(Database database) {
    this.database = database;
  }

  @Override
  public void add(String walletId, NewServerKey key) {
    Sealed seed = Objects.requireNonNull(key.seed());
    database.use(
        h ->
            h.createUpdate("INSERT INTO server_seed (wallet_id, seed) VALUES (:wallet, :seed)")
                .bind("wallet", walletId)
                .bind("seed", seed.bytes())
                .execute());
  }

  @Override
  public Optional<Sealed> find(String walletId) {
    return database.with(
        h ->
            h.createQuery("SELECT seed FROM server_seed WHERE wallet_id = :wallet")
                .bind("wallet", walletId)
                .map((rs, context) -> new Sealed(rs.getBytes("seed")))
                .findOne());
  }

  @Override
  public long count() {
    return database.with(
        h -> h.createQuery("SELECT COUNT(*) FROM server_seed").mapTo(Long.class).one());
  }
}
