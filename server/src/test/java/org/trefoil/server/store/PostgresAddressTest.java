package org.trefoil.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

/** Which file an address names, as the driver reads what it is given. */
class PostgresAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db.example/trefoil?sslmode=verify-full",
        "jdbc:postgresql://a:1,b:2/trefoil?targetServerType=primary&port=7",
        "jdbc:postgresql:trefoil",
        "jdbc:postgresql://127.0.0.1:5432/trefoil?currentSchema=t1"
      })
  void whatNamesNoSocketStaysAsItIs(String url) {
    assertThat(PostgresAddress.forDriver(url)).isSameAs(url);
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql:///trefoil?host=/run/postgresql, /run/postgresql/.s.PGSQL.5432",
    "jdbc:postgresql:trefoil?host=/run/postgresql, /run/postgresql/.s.PGSQL.5432",
    "jdbc:postgresql:/trefoil?host=/run/postgresql, /run/postgresql/.s.PGSQL.5432",
    "jdbc:postgresql:///trefoil?host=%2Frun%2Fpostgresql&port=5433, /run/postgresql/.s.PGSQL.5433",
    "jdbc:postgresql:///trefoil?port=6&host=/run/a+b%20c/, /run/a+b c/.s.PGSQL.6",
    "jdbc:postgresql:///trefoil?host=/&sslmode=verify-full&ssl=true, /.s.PGSQL.5432"
  })
  void theFileIsInTheFolderThatHostNames(String url, String file) {
    Properties read = read(url);
    assertThat(read)
        .containsEntry("socketFactory", UnixSocketFactory.class.getName())
        .containsEntry("socketFactoryArg", file)
        .containsEntry("PGDBNAME", "trefoil")
        .containsEntry("sslmode", "disable")
        .containsEntry("gssEncMode", "disable")
        .doesNotContainKeys("host", "port", "ssl");
  }

  @Test
  void allElseIsKept() {
    Properties read =
        read(
            "jdbc:postgresql:///a%20b?currentSchema=t1&host=/run&socketTimeout=2&options=-c%20x=1");
    assertThat(read)
        .containsEntry("PGDBNAME", "a b")
        .containsEntry("currentSchema", "t1")
        .containsEntry("socketTimeout", "2")
        .containsEntry("options", "-c x=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db.example/trefoil?host=/run/postgresql",
        "jdbc:postgresql://localhost:5432/trefoil?host=/run/postgresql",
        "jdbc:postgresql:///trefoil?host=run/postgresql",
        "jdbc:postgresql:///trefoil?host=db.example",
        "jdbc:postgresql:///trefoil?host",
        "jdbc:postgresql:///trefoil?host=/run/%2",
        "jdbc:postgresql:///trefoil?host=/run&port=../x",
        "jdbc:postgresql:///trefoil?host=/run&port=",
        "jdbc:postgresql:///trefoil?host=/run&port=0",
        "jdbc:postgresql:///trefoil?host=/run&port=05432",
        "jdbc:postgresql:///trefoil?host=/run&port=65536"
      })
  void aSocketThatIsNamedWronglyIsASentence(String url) {
    assertThatThrownBy(() -> PostgresAddress.forDriver(url))
        .isInstanceOf(DatabaseRefused.class)
        .hasMessageContaining("jdbc:postgresql:///NAME?host=/run/postgresql&port=5432");
  }

  private static Properties read(String url) {
    return Driver.parseURL(PostgresAddress.forDriver(url), null);
  }
}
