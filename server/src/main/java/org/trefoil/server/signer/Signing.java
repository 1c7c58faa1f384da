package org.trefoil.server.signer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.policy.RulesCheck;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Rules;
import org.trefoil.server.cosign.OwnKeys;
import org.trefoil.server.passkey.Preimage.Deed;
import org.trefoil.server.policy.Approver;
import org.trefoil.server.policy.Ceilings;
import org.trefoil.server.policy.Confirmation;
import org.trefoil.server.policy.Judge;
import org.trefoil.server.policy.PolicySet;
import org.trefoil.server.policy.Snapshot;
import org.trefoil.server.policy.Spending;
import org.trefoil.server.policy.Verdict;

/**
 * Decides what the server's keys sign. Everything that it judges by it knows itself: the key set,
 * the rules, what it approved before, and its clock. Guarantee: a signature exists only for what
 * was half-signed by the wallet's own keys, confirmed with the owner's second factor for exactly
 * it, and allowed; of two transactions that spend one coin only for one that pays as the other
 * does, or nobody but the wallet. Limit: from where somebody asks and since when his browser is
 * known is the front's word.
 */
final class Signing {
  private final PinnedWallets wallets;
  private final Speakers speakers;
  private final Ledger ledger;
  private final Ruling ruling;
  private final Factors factors;
  private final Allowance allowance;
  private final OwnKeys keys;
  private final Approver approver;
  private final InstantSource clock;
  private final InstantSource careful;
  private final InstantSource restored;

  /**
   * Decides.
   *
   * @param restored when the journal was put back last
   */
  Signing(
      PinnedWallets wallets,
      Speakers speakers,
      Ledger ledger,
      Ruling ruling,
      Factors factors,
      Allowance allowance,
      OwnKeys keys,
      Approver approver,
      InstantSource clock,
      InstantSource careful,
      InstantSource restored) {
    this.wallets = wallets;
    this.speakers = speakers;
    this.ledger = ledger;
    this.ruling = ruling;
    this.factors = factors;
    this.allowance = allowance;
    this.keys = keys;
    this.approver = approver;
    this.clock = clock;
    this.careful = careful;
    this.restored = restored;
  }

  /**
   * What the front asks to be confirmed.
   *
   * @param address from where, as the front says; null when it is not known
   * @param known since when the browser is known, as the front says; null for now
   */
  record Asked(
      String walletId,
      String accountId,
      byte[] psbt,
      Given given,
      @Nullable String address,
      @Nullable Instant known) {}

  /**
   * Takes a second factor for a transaction; once that was done, the same again takes none. Refuses
   * {@code too-many-tries} beyond {@link Allowance#MOST_SENDS} of a wallet.
   *
   * @return until when it waits by a rule; empty when it is approved
   */
  Optional<Instant> confirm(Asked asked) {
    String walletId = asked.walletId();
    Cosigners cosigners = wallets.cosigners(walletId);
    Read read = Read.of(cosigners, asked.psbt(), ledger.top(walletId));
    Optional<Sent> before =
        ledger
            .find(walletId, read.digestText())
            .filter(sent -> sent.state() != Sent.State.FORGOTTEN);
    if (before.isPresent()) {
      return goOn(before.get(), read);
    }
    if (!wallets.owner(walletId).equals(asked.accountId())) {
      throw Refusal.of(Token.ROLE_REFUSED).exception();
    }
    Instant now = seconds(careful.instant());
    Instant known = asked.known() == null ? now : asked.known();
    Sent fresh = read.sent(walletId, asked.accountId(), now, known);
    List<Sent> others = sharing(fresh);
    Verdict verdict = judge(fresh, read.spend(), others, asked.address(), null);
    if (verdict instanceof Verdict.Refused refused) {
      throw refused.refusal().exception();
    }
    allowance.takeSend(walletId);
    long version = ruling.of(walletId).chain().version();
    Refusal unproved =
        factors.useForSend(
            Deed.SEND, asked.accountId(), walletId, read.digest(), version, asked.given());
    if (unproved != null) {
      throw unproved.exception();
    }
    speakers.used(walletId);
    if (verdict instanceof Verdict.Waits waits) {
      ledger.put(fresh);
      return Optional.of(waits.until());
    }
    ledger.put(fresh.granted(now, adds(fresh, others), others.isEmpty()));
    return Optional.empty();
  }

  /** As far as one is that was confirmed before; judged again when it waits. */
  private Optional<Instant> goOn(Sent sent, Read read) {
    if (sent.state() == Sent.State.UNPROVED) {
      throw Refusal.of(Token.FACTOR_REPLACED).exception();
    }
    if (sent.state() == Sent.State.DROPPED || sent.state() == Sent.State.FORGOTTEN) {
      throw Refusal.of(Token.SEND_NOT_PENDING).exception();
    }
    if (sent.granted()) {
      return Optional.empty();
    }
    List<Sent> others = sharing(sent);
    Verdict verdict = judge(sent, read.spend(), others, null, sent.since());
    if (verdict instanceof Verdict.Refused refused) {
      throw refused.refusal().exception();
    }
    if (verdict instanceof Verdict.Waits waits) {
      return Optional.of(waits.until());
    }
    Instant now = seconds(careful.instant());
    ledger.put(sent.granted(now, adds(sent, others), others.isEmpty()));
    return Optional.empty();
  }

  /**
   * Signs what was confirmed, when it may be now; the same bytes each time. Refuses {@code
   * send-not-pending} for what nobody confirmed, {@code signer-waits} before its time, and what the
   * rules have against one that waits.
   */
  List<InputSignature> sign(String walletId, byte[] psbt) {
    Cosigners cosigners = wallets.cosigners(walletId);
    Read read = Read.of(cosigners, psbt, ledger.top(walletId));
    Sent sent = confirmed(walletId, read.digestText());
    if (goOn(sent, read).isPresent()) {
      throw Refusal.of(Token.SIGNER_WAITS).exception();
    }
    Sent granted = confirmed(walletId, read.digestText());
    if (granted.state() == Sent.State.GRANTED) {
      ledger.put(granted.signed());
    }
    Confirmation confirmation = new Confirmation(HexFormat.of().parseHex(sent.digest()));
    return keys.sign(approver.approve(walletId, read.half(), confirmation));
  }

  /**
   * Takes a member's yes to one that waits, on a factor for exactly that; the same again takes
   * none. {@link #drop} is a no.
   */
  void yes(String walletId, String accountId, String digest, Given given) {
    Sent sent = confirmed(walletId, digest);
    Rules.Approvals rule = ruling.of(walletId).at(careful.instant()).approvals();
    if (rule == null || !asked(rule, sent).contains(accountId)) {
      throw Refusal.of(Token.APPROVER_REFUSED).exception();
    }
    if (sent.state() != Sent.State.HELD) {
      throw Refusal.of(Token.ALREADY_DECIDED).exception();
    }
    if (sent.voteOf(accountId) != null) {
      return;
    }
    if (!sent.since().plus(Duration.ofHours(rule.hours())).isAfter(careful.instant())) {
      throw Refusal.of(Token.APPROVAL_EXPIRED).exception();
    }
    long version = ruling.of(walletId).chain().version();
    byte[] bytes = HexFormat.of().parseHex(digest);
    Refusal unproved = factors.useForSend(Deed.APPROVE, accountId, walletId, bytes, version, given);
    if (unproved != null) {
      throw unproved.exception();
    }
    ledger.put(sent.said(new Sent.Vote(accountId, true)));
  }

  /**
   * Ends one that waits, for good, and one that nobody asked to have signed, until it is confirmed
   * anew; of any other one nothing changes, nor of one of several over one coin: what they cost is
   * counted together.
   */
  void drop(String walletId, String digest) {
    Sent sent = ledger.find(walletId, digest).orElse(null);
    if (sent == null) {
      return;
    }
    if (sent.state() == Sent.State.HELD) {
      ledger.put(sent.dropped());
    } else if (sent.state() == Sent.State.GRANTED && ledger.sharing(sent).isEmpty()) {
      ledger.put(sent.forgotten());
    }
  }

  /**
   * Ends whatever waits that an account confirmed, or said yes to: its second factor was replaced,
   * and whoever had the old one may have been somebody else.
   */
  void factorReplaced(String accountId) {
    ledger.held().stream()
        .filter(sent -> sent.by().equals(accountId) || sent.voteOf(accountId) != null)
        .forEach(sent -> ledger.put(sent.unproved()));
  }

  private Sent confirmed(String walletId, String digest) {
    return ledger
        .find(walletId, digest)
        .orElseThrow(() -> Refusal.of(Token.SEND_NOT_PENDING).exception());
  }

  /**
   * What was confirmed before and spends a coin of this one. Refuses {@code coins-taken} unless
   * this spends exactly the coins of each, and pays as it does or nobody but the wallet.
   */
  private List<Sent> sharing(Sent sent) {
    List<Sent> others = ledger.sharing(sent);
    if (ledger.spentLongAgo(sent)) {
      throw Refusal.of(Token.COINS_TAKEN).exception();
    }
    for (Sent other : others) {
      boolean same = other.coins().equals(sent.coins());
      if (!same || !sent.pays().isEmpty() && !sorted(other.pays()).equals(sorted(sent.pays()))) {
        throw Refusal.of(Token.COINS_TAKEN).exception();
      }
    }
    return others;
  }

  private static List<String> sorted(List<String> lines) {
    return lines.stream().sorted().toList();
  }

  /** What it costs beyond the dearest of those whose place it takes. */
  private static long adds(Sent sent, List<Sent> others) {
    long counted = others.stream().mapToLong(Sent::cost).max().orElse(0);
    return Math.max(0, sent.cost() - counted);
  }

  private Verdict judge(
      Sent sent,
      CheckedSpend spend,
      List<Sent> others,
      @Nullable String address,
      @Nullable Instant heldSince) {
    String walletId = sent.walletId();
    Instant now = careful.instant();
    Rules rules = ruling.of(walletId).at(now);
    Ceilings ceilings = approver.ceilings();
    Sats most = ceilings.together();
    boolean blank = restored.instant().isAfter(now.minus(Ledger.DAY));
    Sats together =
        most == null
            ? null
            : new Sats(blank ? 0 : Math.max(0, most.value() - ledger.together(now)));
    List<String> outward = new ArrayList<>();
    long paid = 0;
    for (String line : sent.pays()) {
      int space = line.indexOf(' ');
      outward.add(line.substring(0, space));
      paid += Long.parseLong(line.substring(space + 1));
    }
    boolean again = !others.isEmpty();
    Spending spending =
        new Spending(
            outward,
            new Sats(outward.isEmpty() ? spend.intent().total().value() : paid),
            spend.fee(),
            new Sats(sent.cost()),
            new Sats(adds(sent, others)),
            again,
            again && outward.isEmpty());
    Snapshot at =
        new Snapshot(
            clock.instant(),
            now,
            blank ? new Sats(Sats.MAX) : ledger.lastDay(walletId, now),
            past(walletId, rules, now),
            ledger.paid(walletId, outward),
            heldSince,
            address,
            null,
            votes(rules.approvals(), sent),
            sent.by(),
            sent.known());
    PolicySet set = new PolicySet(rules, ceilings, ruling.stopped(walletId, now), together);
    return Judge.decide(spending, set, at);
  }

  /**
   * What it sent lately. What was sent before the journal was put back may not be in it, so each
   * window that reaches back so far counts as used up.
   */
  private List<Snapshot.Past> past(String walletId, Rules rules, Instant now) {
    List<Snapshot.Past> past = new ArrayList<>(ledger.past(walletId));
    Instant at = restored.instant();
    if (at.isAfter(now.minusSeconds(RulesCheck.LONGEST))) {
      long most = rules.counts().stream().mapToLong(Rules.Window::most).max().orElse(0);
      for (long i = 0; i < most; i++) {
        past.add(new Snapshot.Past(at, 0, true, null));
      }
      past.add(new Snapshot.Past(at, Sats.MAX, false, null));
    }
    return past;
  }

  private static Snapshot.Votes votes(Rules.@Nullable Approvals rule, Sent sent) {
    return rule == null
        ? Snapshot.Votes.NONE
        : new Snapshot.Votes(
            asked(rule, sent),
            sent.votes().stream()
                .filter(Sent.Vote::yes)
                .map(Sent.Vote::accountId)
                .collect(Collectors.toSet()));
  }

  private static Set<String> asked(Rules.Approvals rule, Sent sent) {
    return rule.by().stream()
        .map(Rules.Person::id)
        .filter(id -> !id.equals(sent.by()))
        .collect(Collectors.toSet());
  }

  private static Instant seconds(Instant at) {
    return Instant.ofEpochSecond(at.getEpochSecond());
  }
}
