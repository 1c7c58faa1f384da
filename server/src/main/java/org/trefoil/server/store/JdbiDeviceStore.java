package org.trefoil.server.store;

import java.time.Instant;
import java.util.Optional;
import org.trefoil.server.account.DeviceStore;

/** Known browsers in the table {@code known_device}. */
public final class JdbiDeviceStore implements DeviceStore {
  private final Database database;

  public JdbiDeviceStore(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Instant> since(byte[] tokenHash, String accountId) {
    return database.with(
        h ->
            h.select(
                    "SELECT first_seen_at FROM known_device"
                        + " WHERE token_hash = ? AND account_id = ?",
                    tokenHash,
                    accountId)
                .map((rs, context) -> Instant.ofEpochSecond(rs.getLong("first_seen_at")))
                .findOne());
  }

  @Override
  public boolean any(byte[] tokenHash) {
    return count("token_hash = ?", tokenHash) > 0;
  }

  private long count(String condition, Object... values) {
    return database.with(
        h ->
            h.select("SELECT COUNT(*) FROM known_device WHERE " + condition, values)
                .mapTo(Long.class)
                .one());
  }

  @Override
  public boolean seen(byte[] tokenHash, String accountId, Instant at) {
    return database.with(
        h ->
            h.execute(
                    "UPDATE known_device SET last_seen_at = ?"
                        + " WHERE token_hash = ? AND account_id = ?",
                    at.getEpochSecond(),
                    tokenHash,
                    accountId)
                == 1);
  }

  @Override
  public void add(byte[] tokenHash, String accountId, String device, Instant at) {
    database.inserted(
        h ->
            h.execute(
                "INSERT INTO known_device"
                    + " (token_hash, account_id, device, first_seen_at, last_seen_at)"
                    + " VALUES (?, ?, ?, ?, ?)",
                tokenHash,
                accountId,
                device,
                at.getEpochSecond(),
                at.getEpochSecond()));
  }

  @Override
  public int sweep(Instant before) {
    return database.with(
        h -> h.execute("DELETE FROM known_device WHERE last_seen_at < ?", before.getEpochSecond()));
  }
}
