package org.trefoil.server.app;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.server.config.Config;
import org.trefoil.server.http.Operations.Fact;
import org.trefoil.server.policy.Ceilings;

/**
 * What the operator lets wallets send, whatever their owners signed. No number of ours would fit
 * every server, and one that nobody chose would stop a rescue; so where coins are real and none is
 * chosen, that is said loudly.
 */
record OwnLimits(Config config) {
  private static final Logger LOG = LoggerFactory.getLogger(OwnLimits.class);
  private static final String NONE = "no limit";

  /** For the judge. */
  Ceilings ceilings() {
    return new Ceilings(config.limitPerDay(), config.limitAllPerDay());
  }

  /** Whether real coins of all wallets together may go out without any limit. */
  boolean missing() {
    return config.network() == Network.MAINNET && config.limitAllPerDay() == null;
  }

  /** At each start. */
  void tell() {
    if (missing()) {
      LOG.warn(
          "Nothing limits what all wallets together may send in a day: whoever steals from many of"
              + " them at once can take all. --limit-all-per-day BTC limits it, and no customer can"
              + " raise that; 21000000 says that you want no limit.");
    }
  }

  /** For the operator's page. */
  List<Fact> facts() {
    return List.of(
        new Fact("Most of one wallet in 24 hours", words(config.limitPerDay())),
        new Fact("Most of all wallets in 24 hours", words(config.limitAllPerDay())));
  }

  private static String words(@Nullable Sats limit) {
    return limit == null ? NONE : limit.display();
  }
}
