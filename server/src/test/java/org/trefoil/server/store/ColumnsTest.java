package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every column of the database is classified, and every classified column is there. */
class ColumnsTest {
  private static final Set<String> CLASSES =
      Set.of("public", "sealed", "hashed", "server-secret", "half-signed");

  /** What must never be classed lower, whatever the file says. */
  private static final Map<String, String> GUARDED =
      Map.of(
          "account.proof_hash", "hashed",
          "factor_reset.totp_secret", "server-secret",
          "mail.body", "server-secret",
          "recovery_code.code_hash", "hashed",
          "second_factor.totp_secret", "server-secret",
          "send.psbt", "half-signed",
          "server_seed.seed", "server-secret",
          "session.token_hash", "hashed",
          "wallet.sealed_user_key", "sealed");

  /** Names that sound like secrets and are none: block hashes, and whose seed it is. */
  private static final Set<String> KNOWN_PUBLIC =
      Set.of("chain_block.hash", "server_seed.wallet_id");

  @ParameterizedTest
  @EnumSource(TestDatabase.class)
  void everyColumnIsClassified(TestDatabase engine) throws Exception {
    Properties classified = new Properties();
    try (InputStream in = Database.class.getResourceAsStream("/db/columns.properties")) {
      classified.load(in);
    }
    assertThat(Set.copyOf(classified.values())).isEqualTo(CLASSES);
    assertThat(classified).containsAllEntriesOf(GUARDED);
    for (String column : classified.stringPropertyNames()) {
      boolean secretive = column.matches(".*(secret|seed|hash|sealed|psbt|password|passcode).*");
      boolean guarded = !classified.get(column).equals("public");
      assertThat(secretive && !guarded && !KNOWN_PUBLIC.contains(column)).as(column).isFalse();
    }
    try (Database database = engine.fresh()) {
      assertThat(new TreeSet<>(classified.stringPropertyNames()))
          .isEqualTo(new TreeSet<>(columns(database)));
    }
  }

  private static List<String> columns(Database database) {
    return database.with(
        h ->
            h.createQuery(
                    "SELECT table_name, column_name FROM information_schema.columns"
                        + " WHERE table_schema = CURRENT_SCHEMA"
                        + " AND LOWER(table_name) <> 'flyway_schema_history'")
                .map(
                    (rs, context) ->
                        (rs.getString(1) + "." + rs.getString(2)).toLowerCase(Locale.ROOT))
                .list());
  }
}
