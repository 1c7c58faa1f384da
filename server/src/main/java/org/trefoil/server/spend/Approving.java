package org.trefoil.server.spend;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.Rules;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.policy.RulesAt;
import org.trefoil.server.policy.Seals;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.secondfactor.SendFactors;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Has named members say yes or no to a send that waits for them, each once, and yes with a second
 * factor of their own for exactly this transaction; a no takes none, so that no code passes by with
 * it that a server which was taken over could say yes with. Everything is decided under the
 * wallet's lock: a send is signed, cancelled, refused or over, and only one of these. Enough yeses
 * sign nothing by themselves; they have the send judged anew, by the rules and members of then.
 */
public final class Approving {
  private static final Set<SendStage> HELD = EnumSet.of(SendStage.HELD);

  private final SendStore store;
  private final Wallets wallets;
  private final Judging judging;
  private final Confirming confirming;
  private final SendFactors factors;
  private final Seals seals;
  private final Transactions transactions;
  private final HoldNews news;

  Approving(
      SendStore store,
      Wallets wallets,
      Judging judging,
      Confirming confirming,
      SendFactors factors,
      Seals seals,
      Transactions transactions,
      HoldNews news) {
    this.store = store;
    this.wallets = wallets;
    this.judging = judging;
    this.confirming = confirming;
    this.factors = factors;
    this.seals = seals;
    this.transactions = transactions;
    this.news = news;
  }

  /**
   * Somebody who is asked.
   *
   * @param yes null while nothing was said
   */
  public record Voice(String accountId, String name, @Nullable Boolean yes) {}

  /**
   * How a send stands that the rules have wait for members.
   *
   * @param needed how many yeses it takes
   * @param until when it is over without them
   */
  public record Poll(int needed, List<Voice> voices, Instant until) {
    public Poll {
      voices = List.copyOf(voices);
    }

    /** Whether somebody is asked who said nothing yet. */
    public boolean asks(String accountId) {
      return voices.stream()
          .anyMatch(voice -> voice.accountId().equals(accountId) && voice.yes() == null);
    }
  }

  /** The poll of a send that waits; empty when nobody is asked about it. */
  public Optional<Poll> poll(String accountId, String walletId, String sendId) {
    WalletRecord wallet = wallets.live(accountId, walletId, MemberRole.VIEWER);
    SendRecord send = owned(walletId, sendId);
    return poll(wallet, send, send.cost());
  }

  private Optional<Poll> poll(WalletRecord wallet, SendRecord send, long cost) {
    Rules.Approvals rule = judging.approvals(wallet);
    Optional<JudgingStore.Hold> hold = judging.store().hold(send.sendId());
    if (rule == null
        || hold.isEmpty()
        || send.stage() != SendStage.HELD
        || cost <= rule.above()
        || Judging.paysOurselves(wallet, send)) {
      return Optional.empty();
    }
    List<JudgingStore.Vote> said = judging.said(wallet.walletId(), send.sendId(), send.digest());
    List<Voice> voices = new ArrayList<>();
    for (Rules.Person approver : rule.by()) {
      if (judging.mayVote(wallet, send.begunBy(), approver.id())) {
        voices.add(new Voice(approver.id(), approver.name(), yes(said, approver.id())));
      }
    }
    long yeses = voices.stream().filter(voice -> Boolean.TRUE.equals(voice.yes())).count();
    Instant until = hold.get().heldAt().plusSeconds(3_600L * rule.hours());
    return yeses >= rule.needed()
        ? Optional.empty()
        : Optional.of(new Poll(rule.needed(), voices, until));
  }

  private static @Nullable Boolean yes(List<JudgingStore.Vote> said, String accountId) {
    return said.stream()
        .filter(vote -> vote.accountId().equals(accountId))
        .findFirst()
        .map(vote -> (Boolean) vote.yes())
        .orElse(null);
  }

  /** Tells those who are asked. */
  void ask(WalletRecord wallet, SendRecord send, Instant until) {
    Rules.Approvals rule = judging.approvals(wallet);
    List<String> asked = new ArrayList<>();
    if (rule != null) {
      rule.by().stream()
          .map(Rules.Person::id)
          .filter(id -> judging.mayVote(wallet, send.begunBy(), id))
          .forEach(asked::add);
    }
    news.asked(wallet, send, until, asked);
  }

  /**
   * Says yes. Refuses {@code send-not-pending}, {@code approver-refused} unless this account is
   * asked, {@code already-decided}, and what a second factor is refused for.
   */
  public void approve(String accountId, String walletId, String sendId, GivenFactor given) {
    SendRecord send = owned(walletId, sendId);
    Decision decision = decide(accountId, walletId, sendId, given);
    confirming.holding().carryOut(send, decision);
  }

  /** Says no, which cancels it for good; refuses as {@link #approve} does, but asks no factor. */
  public void refuse(String accountId, String walletId, String sendId) {
    decide(accountId, walletId, sendId, null);
  }

  /** What was said, and what became of it. */
  private record Said(@Nullable Refusal unproved, Decision decision) {}

  /**
   * Takes what somebody says.
   *
   * @param given for a yes; null for a no
   */
  private Decision decide(
      String accountId, String walletId, String sendId, @Nullable GivenFactor given) {
    Said said =
        transactions.run(
            () -> {
              WalletRecord wallet = wallets.lockLive(accountId, walletId, MemberRole.APPROVER);
              confirming.refuseWhenClosed();
              SendRecord send = owned(walletId, sendId);
              if (send.stage() != SendStage.HELD) {
                throw Refusal.of(Token.SEND_NOT_PENDING).exception();
              }
              CheckedSpend spend = confirming.verified(wallet, send).half().spend();
              refuseUnlessAsked(accountId, wallet, send, Judging.cost(send, spend).value());
              byte[] digest = spend.digest();
              RulesAt rules = judging.rules(wallet);
              if (given == null) {
                String plain = Evidence.of(digest, rules, Evidence.NO_FACTOR);
                note(wallet, send, digest, accountId, false, plain);
                confirming.drop(send);
                return new Said(null, new Decision.Done());
              }
              SendFactors.For exactly =
                  new SendFactors.For(
                      accountId,
                      walletId,
                      sendId,
                      digest,
                      rules.version(),
                      send.psbt(),
                      null,
                      null);
              Refusal unproved = factors.useForYes(exactly, given);
              if (unproved != null) {
                return new Said(unproved, new Decision.Waits());
              }
              note(wallet, send, digest, accountId, true, Evidence.of(digest, rules, given.kind()));
              // Judged again, as if its time had come: the last yes and its signing are one.
              return new Said(null, confirming.holding().goOn(sendId, walletId));
            });
    Refusal unproved = said.unproved();
    if (unproved != null) {
      throw unproved.exception();
    }
    return said.decision();
  }

  private void refuseUnlessAsked(
      String accountId, WalletRecord wallet, SendRecord send, long cost) {
    Poll poll =
        poll(wallet, send, cost).orElseThrow(() -> Refusal.of(Token.ALREADY_DECIDED).exception());
    if (poll.voices().stream().noneMatch(voice -> voice.accountId().equals(accountId))) {
      throw Refusal.of(Token.APPROVER_REFUSED).exception();
    }
    if (!poll.asks(accountId)) {
      throw Refusal.of(Token.ALREADY_DECIDED).exception();
    }
    if (!poll.until().isAfter(judging.careful())) {
      throw Refusal.of(Token.SEND_EXPIRED).exception();
    }
  }

  private void note(
      WalletRecord wallet,
      SendRecord send,
      byte[] digest,
      String accountId,
      boolean yes,
      String evidence) {
    String walletId = wallet.walletId();
    String sendId = send.sendId();
    Instant now = judging.careful();
    byte[] seal = seals.vote(walletId, sendId, digest, accountId, yes);
    if (!judging.store().vote(sendId, new JudgingStore.Vote(accountId, yes, digest, now, seal))) {
      throw Refusal.of(Token.ALREADY_DECIDED).exception();
    }
    AuditKind said = yes ? AuditKind.SEND_YES : AuditKind.SEND_NO;
    wallets.note(said, wallet, accountId, sendId, evidence);
    news.said(wallet, send, accountId, yes);
    if (!yes) {
      end(send, SendStage.CANCELLED, Token.APPROVAL_REFUSED);
      news.unheard(wallet, send, Token.APPROVAL_REFUSED);
    }
  }

  /** Ends a send whose time to be said yes to is over, under the wallet's lock. */
  void expire(WalletRecord wallet, SendRecord send) {
    unheard(wallet, send, SendStage.EXPIRED, Token.APPROVAL_EXPIRED);
  }

  /**
   * Ends at once what can be signed no more because members are gone: nobody who is left makes up
   * the yeses, or whoever began it may not send. Inside the transaction that changes them, under
   * the wallet's lock. Where the rules are broken nothing is signed, and nothing ends by them.
   */
  public void membersChanged(WalletRecord wallet) {
    for (SendRecord send : store.held(wallet.walletId())) {
      if (judging.store().hold(send.sendId()).isEmpty()) {
        continue;
      }
      if (!judging.maySend(wallet, send.begunBy())) {
        unheard(wallet, send, SendStage.CANCELLED, Token.SENDER_REMOVED);
      } else if (tooFew(wallet, send)) {
        unheard(wallet, send, SendStage.CANCELLED, Token.APPROVERS_TOO_FEW);
      }
    }
  }

  /**
   * Ends whatever waits that an account confirmed, or said yes to: its second factor was replaced,
   * and whoever had the old one may have been somebody else.
   */
  public void factorReplaced(String accountId) {
    for (SendRecord waiting : store.held()) {
      if (!waiting.begunBy().equals(accountId) && !saidYes(waiting, accountId)) {
        continue;
      }
      transactions.run(
          () -> {
            WalletRecord wallet = wallets.lock(waiting.walletId());
            SendRecord send = owned(waiting.walletId(), waiting.sendId());
            if (send.stage() == SendStage.HELD) {
              unheard(wallet, send, SendStage.CANCELLED, Token.FACTOR_REPLACED);
            }
          });
    }
  }

  private boolean saidYes(SendRecord send, String accountId) {
    return yes(judging.said(send.walletId(), send.sendId(), send.digest()), accountId) != null;
  }

  private boolean tooFew(WalletRecord wallet, SendRecord send) {
    try {
      return poll(wallet, send, send.cost())
          .filter(poll -> poll.voices().size() < poll.needed())
          .isPresent();
    } catch (RefusedException e) {
      return false;
    }
  }

  private void unheard(WalletRecord wallet, SendRecord send, SendStage stage, Token why) {
    end(send, stage, why);
    RulesAt rules = judging.rulesIfSound(wallet);
    List<Refusal> reasons = List.of(Refusal.of(why));
    String noted = Evidence.of(send.digest(), rules, Evidence.WAITED, reasons);
    AuditKind kind =
        why == Token.FACTOR_REPLACED ? AuditKind.SEND_CANCELLED : AuditKind.SEND_UNHEARD;
    wallets.note(kind, wallet, send.begunBy(), send.sendId(), noted);
    news.unheard(wallet, send, why);
  }

  private void end(SendRecord send, SendStage stage, Token why) {
    if (!store.move(send.sendId(), HELD, stage, null, why.token())) {
      throw new IllegalStateException("a send that waited changed under the wallet's lock");
    }
    store.release(send.sendId());
    confirming.drop(send);
  }

  private SendRecord owned(String walletId, String sendId) {
    Optional<SendRecord> found = Ids.isId(sendId) ? store.find(sendId) : Optional.empty();
    return found
        .filter(send -> send.walletId().equals(walletId))
        .orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
  }
}
