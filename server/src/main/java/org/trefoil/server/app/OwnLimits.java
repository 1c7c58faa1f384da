package org.trefoil.server.app;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.server.config.Config;
import org.trefoil.server.http.Operations.Fact;
import org.trefoil.server.policy.Ceilings;

/**
 * What the operator lets wallets send, whatever their owners signed. No number of ours would fit
 * every server, and one that nobody chose would stop a rescue; so where coins are real, a server
 * does not start until its operator has chosen, be it none.
 */
record OwnLimits(Config config) {
  private static final String NONE = "no limit";

  /** For the judge. */
  Ceilings ceilings() {
    return new Ceilings(config.limitPerDay(), config.limitAllPerDay());
  }

  /** Whether real coins of all wallets together may go out without any limit. */
  boolean missing() {
    return config.network() == Network.MAINNET && config.limitAllPerDay() == null;
  }

  /** Before each start. */
  void refuseUnchosen() {
    List<String> unchosen = config.unchosenLimits();
    if (config.network() == Network.MAINNET && !unchosen.isEmpty()) {
      throw new StartRefused(
          "Please choose what may be sent in 24 hours, which no customer can raise; "
              + String.join(" and ", unchosen)
              + (unchosen.size() == 1 ? " is" : " are")
              + " missing.\n  --limit-all-per-day BTC  most of all wallets together: what somebody"
              + " who steals from many at once can take in a day\n  --limit-per-day BTC      most of"
              + " each wallet\nThe word none in place of an amount is a choice too: no limit.");
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
