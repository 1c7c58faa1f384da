package org.trefoil.e2e.journey;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The main job on a real bitcoind, which mines the deposit and judges the send. */
@EnabledIfSystemProperty(
    named = "trefoil.bitcoind",
    matches = ".+",
    disabledReason = "NO BITCOIND: run e2e/verify, which installs one and runs this journey")
final class BitcoindJourneyIT extends MainJobJourney {
  @Override
  World world() {
    return new BitcoindWorld();
  }
}
