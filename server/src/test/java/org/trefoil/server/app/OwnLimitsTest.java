package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.trefoil.core.units.Sats;
import org.trefoil.server.config.Config;
import org.trefoil.server.config.ConfigReader;
import org.trefoil.server.http.Operations.Trouble;
import org.trefoil.server.meter.Meters;

/** Where coins are real, a server that limits nothing says so, and which flag changes that. */
class OwnLimitsTest {
  private static OwnLimits of(String... flags) {
    Config config = ConfigReader.read(List.of(flags), Map.of());
    return new OwnLimits(config);
  }

  private static List<String> warnings(OwnLimits limits) {
    Logger log = (Logger) LoggerFactory.getLogger(OwnLimits.class);
    log.setLevel(Level.WARN); // the tests' own log is quieter
    try (Troubles troubles = Troubles.listen(new Meters())) {
      limits.tell();
      return troubles.newest().stream()
          .filter(trouble -> trouble.room().equals("OwnLimits"))
          .map(Trouble::message)
          .toList();
    } finally {
      log.setLevel(null);
    }
  }

  @Test
  void mainnetWithoutALimitIsWarnedOfWithTheFlagThatSetsOne() {
    OwnLimits limits = of("--network", "mainnet", "--limit-per-day", "1");
    assertThat(limits.missing()).isTrue();
    assertThat(warnings(limits)).singleElement().asString().contains("--limit-all-per-day BTC");
    assertThat(limits.facts().get(0).text()).isEqualTo("1.00000000 BTC");
    assertThat(limits.facts().get(1).text()).isEqualTo("no limit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "21000000"})
  void aNumberThatSomebodyChoseIsNot(String most) {
    OwnLimits limits = of("--network", "mainnet", "--limit-all-per-day", most);
    assertThat(limits.missing()).isFalse();
    assertThat(warnings(limits)).isEmpty();
    assertThat(limits.ceilings().together()).isEqualTo(Sats.parseBtc(most));
  }

  @ParameterizedTest
  @ValueSource(strings = {"practice", "signet", "testnet"})
  void coinsThatCostNothingNeedNone(String network) {
    OwnLimits limits = of("--network", network);
    assertThat(limits.missing()).isFalse();
    assertThat(warnings(limits)).isEmpty();
  }
}
