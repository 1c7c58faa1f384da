package org.trefoil.server.store;

import java.util.List;
import org.trefoil.server.keyfile.Sealed;

/** Everything in the database that is sealed under the key file, row by row. */
public final class JdbiSealedRows {
  /** The columns that hold sealed values. */
  public enum Column {
    SERVER_SEED("server_seed", "wallet_id", "seed", "server-seed"),
    TOTP_SECRET("second_factor", "account_id", "totp_secret", "totp-secret"),
    NEXT_TOTP_SECRET("factor_reset", "account_id", "totp_secret", "totp-secret"),
    MAIL_BODY("mail", "mail_id", "body", "mail-body");

    private final String table;
    private final String owner;
    private final String column;
    private final String purpose;

    Column(String table, String owner, String column, String purpose) {
      this.table = table;
      this.owner = owner;
      this.column = column;
      this.purpose = purpose;
    }

    /** What its sealer is for. */
    public String purpose() {
      return purpose;
    }

    /** As {@code db/columns.properties} names it. */
    public String text() {
      return table + "." + column;
    }
  }

  /** A sealed value and whom it was sealed for. */
  public record Row(String owner, Sealed sealed) {}

  private final Database database;

  public JdbiSealedRows(Database database) {
    this.database = database;
  }

  /** The next rows after an owner, in the owners' order; from the first after empty text. */
  public List<Row> after(Column column, String owner, int limit) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT "
                        + column.owner
                        + ", "
                        + column.column
                        + " FROM "
                        + column.table
                        + " WHERE "
                        + column.owner
                        + " > :after ORDER BY "
                        + column.owner
                        + " LIMIT :limit")
                .bind("after", owner)
                .bind("limit", limit)
                .map((rs, context) -> new Row(rs.getString(1), new Sealed(rs.getBytes(2))))
                .list());
  }

  /** Puts another sealed form in the place of {@code row}'s; false when it changed meanwhile. */
  public boolean replace(Column column, Row row, Sealed fresh) {
    return database.with(
        h ->
            h.createUpdate(
                        "UPDATE "
                            + column.table
                            + " SET "
                            + column.column
                            + " = :fresh WHERE "
                            + column.owner
                            + " = :owner AND "
                            + column.column
                            + " = :old")
                    .bind("fresh", fresh.bytes())
                    .bind("owner", row.owner())
                    .bind("old", row.sealed().bytes())
                    .execute()
                == 1);
  }
}
