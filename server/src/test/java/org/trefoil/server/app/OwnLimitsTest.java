package org.trefoil.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.units.Sats;
import org.trefoil.server.config.Config;
import org.trefoil.server.config.ConfigReader;
import org.trefoil.server.http.Operations.Fact;

/** Where coins are real, no server starts whose operator did not choose what may leave it. */
class OwnLimitsTest {
  private static OwnLimits of(String... flags) {
    Config config = ConfigReader.read(List.of(flags), Map.of());
    return new OwnLimits(config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--limit-per-day 1 | --limit-all-per-day is missing",
        "--limit-all-per-day 1 | --limit-per-day is missing",
        "--limit-all-per-day none | --limit-per-day is missing",
        "--port 0 | --limit-all-per-day and --limit-per-day are missing"
      })
  void mainnetIsNotServedUntilBothAreChosen(String flags, String missing) {
    OwnLimits limits = of(("--network mainnet " + flags).split(" "));
    assertThatThrownBy(limits::refuseUnchosen)
        .isInstanceOf(StartRefused.class)
        .hasMessageContainingAll(
            missing, "--limit-all-per-day BTC", "--limit-per-day BTC", "The word none");
  }

  @Test
  void theServerItselfDoesNotStartAndLeavesNothingBehind(@TempDir Path folder) {
    Path data = folder.resolve("data");
    Config config =
        ConfigReader.read(
            List.of("--network", "mainnet", "--data", data.toString(), "--port", "0"), Map.of());
    assertThatThrownBy(() -> Trefoil.start(config, Clock.systemUTC(), System::nanoTime))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("--limit-all-per-day and --limit-per-day are missing");
    assertThat(data).doesNotExist();
  }

  @Test
  void noneIsAChoice() {
    OwnLimits limits =
        of("--network", "mainnet", "--limit-all-per-day", "none", "--limit-per-day", "none");
    assertThatCode(limits::refuseUnchosen).doesNotThrowAnyException();
    assertThat(limits.missing()).isTrue();
    assertThat(limits.ceilings().together()).isNull();
    assertThat(limits.facts()).extracting(Fact::text).containsOnly("no limit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "21000000"})
  void soIsANumber(String most) {
    OwnLimits limits =
        of("--network", "mainnet", "--limit-all-per-day", most, "--limit-per-day", "0.25");
    assertThatCode(limits::refuseUnchosen).doesNotThrowAnyException();
    assertThat(limits.missing()).isFalse();
    assertThat(limits.ceilings().together()).isEqualTo(Sats.parseBtc(most));
    assertThat(limits.facts().get(0).text()).isEqualTo("0.25000000 BTC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"practice", "signet", "testnet"})
  void coinsThatCostNothingNeedNone(String network) {
    OwnLimits limits = of("--network", network);
    assertThatCode(limits::refuseUnchosen).doesNotThrowAnyException();
    assertThat(limits.missing()).isFalse();
  }
}
