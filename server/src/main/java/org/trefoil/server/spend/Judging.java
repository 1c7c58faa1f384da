package org.trefoil.server.spend;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.SendKind;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.policy.Ceilings;
import org.trefoil.server.policy.Judge;
import org.trefoil.server.policy.PolicySet;
import org.trefoil.server.policy.Snapshot;
import org.trefoil.server.policy.Spending;
import org.trefoil.server.policy.Verdict;
import org.trefoil.server.rules.RuleChains;
import org.trefoil.server.rules.Standing;
import org.trefoil.server.wallets.WalletRecord;

/**
 * Puts together what a send is judged by: the wallet's verified rules and what it sent before.
 * Whoever signs on the verdict holds the wallet's lock.
 */
public final class Judging {
  private final RuleChains chains;
  private final JudgingStore store;
  private final Velocity velocity;
  private final Ceilings ceilings;

  public Judging(RuleChains chains, JudgingStore store, Velocity velocity, Ceilings ceilings) {
    this.chains = chains;
    this.store = store;
    this.velocity = velocity;
    this.ceilings = ceilings;
  }

  /**
   * A verdict and what it was reached by.
   *
   * @param version of the rules, the newest that was signed
   */
  record Judged(Verdict verdict, Velocity.Pace pace, int version) {}

  /** Who asks, from where, and since when the send waits by a rule. */
  record Asked(@Nullable String address, @Nullable Instant heldSince) {}

  /** A clock that no jump forward moves. */
  Instant careful() {
    return velocity.careful();
  }

  JudgingStore store() {
    return store;
  }

  /**
   * Judges. Refuses {@code policy-chain-broken}.
   *
   * @param completeSince when our records begin to be complete
   */
  Judged judge(WalletRecord wallet, Spending spend, Instant completeSince, Asked asked) {
    Standing standing = chains.of(wallet);
    Instant careful = velocity.careful();
    Rules rules = standing.rules(careful);
    Velocity.Pace pace = velocity.pace(wallet.walletId(), completeSince, longest(rules));
    List<String> outward = spend.outward();
    Set<String> paid =
        rules.firstTimeHours() == 0 ? Set.of() : store.paidBefore(wallet.walletId(), outward);
    PolicySet set = new PolicySet(rules, ceilings, standing.frozen(careful));
    Snapshot at =
        new Snapshot(
            velocity.now(),
            careful,
            pace.lastDay(),
            pace.past(),
            paid,
            asked.heldSince(),
            asked.address());
    return new Judged(Judge.decide(spend, set, at), pace, standing.chain().version());
  }

  /** What a send is to the rules that was checked just now. */
  Spending spending(WalletRecord wallet, SendRecord send, Purpose purpose, CheckedSpend checked) {
    return Spending.of(
        checked,
        paysOurselves(wallet, send),
        new Sats(send.cost()),
        velocity.adds(send, purpose),
        purpose instanceof Purpose.Instead,
        takesBack(send, purpose));
  }

  /** What one is as it was stored, to be told of it beforehand. */
  Spending spending(WalletRecord wallet, SendRecord send, Purpose purpose) {
    List<String> outward =
        paysOurselves(wallet, send)
            ? List.of()
            : SendCheck.intent(wallet.network(), send).recipients().stream()
                .map(recipient -> recipient.address().text())
                .toList();
    return new Spending(
        outward,
        new Sats(send.amount()),
        new Sats(send.fee()),
        new Sats(send.cost()),
        velocity.adds(send, purpose),
        purpose instanceof Purpose.Instead,
        takesBack(send, purpose));
  }

  private static boolean takesBack(SendRecord send, Purpose purpose) {
    return purpose instanceof Purpose.Instead && send.kind() == SendKind.CANCEL;
  }

  private static boolean paysOurselves(WalletRecord wallet, SendRecord send) {
    boolean back = send.kind() == SendKind.CANCEL || send.kind() == SendKind.CHILD;
    // What is left under older keys goes to their heir, as Onward sees to.
    return back || wallet.state() == WalletState.REPLACED;
  }

  private static Duration longest(Rules rules) {
    long seconds = 0;
    for (Rules.Window window : rules.amounts()) {
      seconds = Math.max(seconds, window.seconds());
    }
    for (Rules.Window window : rules.counts()) {
      seconds = Math.max(seconds, window.seconds());
    }
    return Duration.ofSeconds(seconds);
  }
}
