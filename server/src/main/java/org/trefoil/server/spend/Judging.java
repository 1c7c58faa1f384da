package org.trefoil.server.spend;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.proposal.Change;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.SendKind;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.policy.Approver;
import org.trefoil.server.policy.Ceilings;
import org.trefoil.server.policy.Judge;
import org.trefoil.server.policy.PolicySet;
import org.trefoil.server.policy.RulesAt;
import org.trefoil.server.policy.Seals;
import org.trefoil.server.policy.Snapshot;
import org.trefoil.server.policy.Spending;
import org.trefoil.server.policy.Verdict;
import org.trefoil.server.rules.RuleChains;
import org.trefoil.server.rules.Standing;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Puts together what a send is judged by: the wallet's verified rules and what it sent before.
 * Whoever signs on the verdict holds the wallet's lock.
 */
public final class Judging {
  private final RuleChains chains;
  private final JudgingStore store;
  private final Velocity velocity;
  private final Ceilings ceilings;
  private final NewKeys newKeys;
  private final Wallets wallets;
  private final Seals seals;

  /** When a replaced wallet was replaced. */
  public interface NewKeys {
    Optional<Instant> since(String walletId);
  }

  public Judging(
      RuleChains chains,
      JudgingStore store,
      Velocity velocity,
      Approver approver,
      NewKeys newKeys,
      Wallets wallets) {
    this.chains = chains;
    this.store = store;
    this.velocity = velocity;
    this.ceilings = approver.ceilings();
    this.newKeys = newKeys;
    this.wallets = wallets;
    this.seals = approver.seals();
  }

  /**
   * A verdict and what it was reached by.
   *
   * @param rules those that it was judged by
   */
  record Judged(Verdict verdict, Velocity.Pace pace, RulesAt rules) {}

  /**
   * What is asked.
   *
   * @param by who begins or began it
   * @param whence from where
   * @param heldSince since when the send waits by a rule; null when it does not
   * @param said what members said of exactly it
   */
  record Asked(
      String by, Whence whence, @Nullable Instant heldSince, List<JudgingStore.Vote> said) {
    /** Of a send that does not wait by a rule. */
    Asked(String by, Whence whence) {
      this(by, whence, null, List.of());
    }
  }

  /** What members said of exactly this send, as far as they did. */
  List<JudgingStore.Vote> said(String walletId, String sendId, byte[] digest) {
    return store.votes(sendId).stream()
        .filter(
            vote ->
                MessageDigest.isEqual(vote.digest(), digest)
                    && Seals.fits(
                        vote.seal(),
                        seals.vote(walletId, sendId, digest, vote.accountId(), vote.yes())))
        .toList();
  }

  /** The rule of now that has members say yes; null when there is none. */
  Rules.@Nullable Approvals approvals(WalletRecord wallet) {
    return chains.of(wallet).rules(velocity.careful()).approvals();
  }

  /** The rules of now, by their numbers. */
  RulesAt rules(WalletRecord wallet) {
    Standing standing = chains.of(wallet);
    return new RulesAt(standing.chain().version(), standing.step());
  }

  /** The same for the record, which also tells of what is refused while they are broken: null. */
  @Nullable RulesAt rulesIfSound(WalletRecord wallet) {
    try {
      return rules(wallet);
    } catch (RefusedException e) {
      return null;
    }
  }

  /** Whether somebody who is named may say yes to a send, as things are. */
  boolean mayVote(WalletRecord wallet, String begunBy, String accountId) {
    return !accountId.equals(begunBy)
        && wallets
            .role(wallet, accountId)
            .filter(role -> role.may(MemberRole.APPROVER))
            .isPresent();
  }

  /** Whether somebody may still send, as things are. */
  boolean maySend(WalletRecord wallet, String accountId) {
    return wallets.role(wallet, accountId).filter(role -> role.may(MemberRole.SPENDER)).isPresent();
  }

  private Snapshot.Votes votes(WalletRecord wallet, Rules rules, Asked asked) {
    Rules.Approvals rule = rules.approvals();
    if (rule == null) {
      return Snapshot.Votes.NONE;
    }
    return new Snapshot.Votes(
        rule.by().stream()
            .map(Rules.Person::id)
            .filter(id -> mayVote(wallet, asked.by(), id))
            .collect(Collectors.toSet()),
        asked.said().stream()
            .filter(JudgingStore.Vote::yes)
            .map(JudgingStore.Vote::accountId)
            .collect(Collectors.toSet()));
  }

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
    PolicySet set = new PolicySet(rules, ceilings, standing.frozen(careful), together(careful));
    Instant known = asked.whence().knownSince();
    Snapshot at =
        new Snapshot(
            velocity.now(),
            careful,
            pace.lastDay(),
            pace.past(),
            paid,
            asked.heldSince(),
            asked.whence().address(),
            wallet.state() == WalletState.REPLACED
                ? newKeys.since(wallet.walletId()).orElse(null)
                : null,
            votes(wallet, rules, asked),
            asked.by(),
            known == null ? careful : known);
    RulesAt under = new RulesAt(standing.chain().version(), standing.step());
    return new Judged(Judge.decide(spend, set, at), pace, under);
  }

  /**
   * Has whoever decides on a send wait for those who decide on others, where all wallets together
   * have a limit. After the wallet's lock.
   */
  void lockTogether() {
    if (ceilings.together() != null) {
      store.lockTogether();
    }
  }

  /** What all wallets together may still send now; null for no limit. */
  private @Nullable Sats together(Instant careful) {
    Sats most = ceilings.together();
    return most == null
        ? null
        : new Sats(Math.max(0, most.value() - store.together(careful.minus(Velocity.DAY))));
  }

  /** What a send is to the rules that was checked just now. */
  Spending spending(WalletRecord wallet, SendRecord send, Purpose purpose, CheckedSpend checked) {
    Sats cost = cost(send, checked);
    return Spending.of(
        checked,
        paysOurselves(wallet, send),
        cost,
        velocity.adds(cost, purpose),
        purpose instanceof Purpose.Instead,
        takesBack(send, purpose));
  }

  /** What leaves the wallet with what was checked just now, whatever the row says of it. */
  static Sats cost(SendRecord send, CheckedSpend checked) {
    if (backToUs(send)) {
      return checked.fee();
    }
    long cost = checked.inputs().stream().mapToLong(coin -> coin.value().value()).sum();
    Change change = checked.change();
    return new Sats(change == null ? cost : cost - change.amount().value());
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
        velocity.adds(new Sats(send.cost()), purpose),
        purpose instanceof Purpose.Instead,
        takesBack(send, purpose));
  }

  private static boolean takesBack(SendRecord send, Purpose purpose) {
    return purpose instanceof Purpose.Instead && send.kind() == SendKind.CANCEL;
  }

  /** Whether it pays nobody but ourselves: then it takes nobody's yes. */
  static boolean paysOurselves(WalletRecord wallet, SendRecord send) {
    // What is left under older keys goes to their heir, as Onward sees to.
    return backToUs(send) || wallet.state() == WalletState.REPLACED;
  }

  private static boolean backToUs(SendRecord send) {
    return send.kind() == SendKind.CANCEL || send.kind() == SendKind.CHILD;
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
