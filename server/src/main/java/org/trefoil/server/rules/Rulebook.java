package org.trefoil.server.rules;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.policy.Loosening;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.policy.RuleWords;
import org.trefoil.core.policy.RulesCheck;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.RulesAndReceipt;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Changes wallets' rules: what is tighter holds at once, what is looser after the wallet's own
 * delay, told by mail and open to be cancelled for good. Stops a wallet and lets it go on.
 */
public final class Rulebook {
  /** How long a person may take between the vault's proposal and the code. */
  private static final Duration TYPING = Duration.ofMinutes(20);

  /** After that nothing begins, whatever its delay is. */
  private static final Duration LATEST =
      Duration.ofHours(RulesCheck.LONGEST_DELAY).plus(Duration.ofDays(1));

  private final RuleStore store;
  private final RuleChains chains;
  private final RuleLinks links;
  private final Wallets wallets;
  private final RuleGate gate;
  private final RuleNews news;
  private final Transactions transactions;
  private final InstantSource clock;
  private final InstantSource careful;

  /**
   * For all wallets.
   *
   * @param careful a clock that no jump forward moves, for all that waits
   */
  public Rulebook(
      RuleStore store,
      RuleChains chains,
      KeyFile keyFile,
      Wallets wallets,
      RuleGate gate,
      RuleNews news,
      Transactions transactions,
      InstantSource clock,
      InstantSource careful) {
    this.store = store;
    this.chains = chains;
    this.links = new RuleLinks(keyFile);
    this.wallets = wallets;
    this.gate = gate;
    this.news = news;
    this.transactions = transactions;
    this.clock = clock;
    this.careful = careful;
  }

  /** A wallet's rules; refuses {@code policy-chain-broken}. */
  public Standing standing(String accountId, String walletId) {
    return chains.of(wallets.live(accountId, walletId, MemberRole.VIEWER));
  }

  /** The number of the newest version; 0 while none is signed. */
  public int version(String accountId, String walletId) {
    return standing(accountId, walletId).chain().version();
  }

  /** All that waits is measured by this clock. */
  public Instant now() {
    return careful.instant();
  }

  /** What the vault needs to sign the next version. */
  public PolicyView view(String accountId, String walletId) {
    wallets.live(accountId, walletId, MemberRole.ADMINISTRATOR);
    return view(standing(accountId, walletId));
  }

  private PolicyView view(Standing standing) {
    return new PolicyView(
        standing.chain().documents(), cancelled(standing), now().getEpochSecond());
  }

  private static List<Integer> cancelled(Standing standing) {
    return standing.cancelled().stream().sorted().toList();
  }

  /**
   * All versions here, and what whoever holds the keys says that it holds of them.
   *
   * @param nonce 32 bytes; refuses {@code wrong-value} for others
   */
  public RulesAndReceipt held(String accountId, String walletId, byte[] nonce) {
    WalletRecord wallet = wallets.live(accountId, walletId, MemberRole.VIEWER);
    Standing standing = chains.of(wallet);
    RuleReceipt receipt = gate.receipt(walletId, wallet.cosigners(), nonce, receipt(standing));
    if (receipt.version() > standing.chain().version()) {
      standing = chains.of(wallet); // signed in between
    }
    return new RulesAndReceipt(view(standing), receipt);
  }

  private RuleReceipt receipt(Standing standing) {
    Instant now = now();
    boolean frozen = standing.frozen(now);
    Instant thaw = standing.thawAt();
    return new RuleReceipt(
        now.getEpochSecond(),
        standing.chain().version(),
        standing.chain().head(),
        cancelled(standing),
        frozen,
        frozen && thaw != null ? (Long) thaw.getEpochSecond() : null,
        "");
  }

  /**
   * Takes a new version; the same again changes nothing and uses no code up. Refuses {@code
   * policy-changed-elsewhere} when it is not the next one, {@code policy-waits} while another
   * waits, {@code policy-wrong} unless the user key signed it, {@code policy-too-soon} when it is
   * looser and begins before the delay is over.
   */
  public void sign(String accountId, String walletId, PolicyRequest request) {
    wallets.active(accountId, walletId, MemberRole.ADMINISTRATOR);
    Verdict verdict =
        transactions.run(
            () -> {
              WalletRecord wallet =
                  wallets.lockActive(accountId, walletId, MemberRole.ADMINISTRATOR);
              return sign(wallet, accountId, request.document(), request.code());
            });
    refuse(verdict);
  }

  private Verdict sign(
      WalletRecord wallet, String accountId, PolicyDocument document, String code) {
    String walletId = wallet.walletId();
    Standing standing = chains.of(wallet);
    PolicyChain chain = standing.chain();
    if (chain.documents().contains(document)) {
      return Verdict.OK;
    }
    Instant now = now();
    if (document.version() != chain.version() + 1 || !document.previous().equals(chain.head())) {
      throw Refusal.of(Token.POLICY_CHANGED_ELSEWHERE).exception();
    }
    if (chain.version() >= PolicyChain.MOST) {
      throw Refusal.of(Token.POLICY_TOO_MANY).exception();
    }
    if (standing.waiting(now) != null) {
      throw Refusal.of(Token.POLICY_WAITS).exception();
    }
    Rules fresh = PolicyChain.read(document.rules(), wallet.network());
    refuseUnknownZone(fresh);
    approversKnown(wallet, standing.rules(now), fresh);
    spendersKnown(wallet, standing.rules(now), fresh);
    byte[] digest = PolicyChain.digest(wallet.cosigners(), walletId, document);
    if (!Statement.verify(
        digest,
        wallet.cosigners(),
        KeyRole.USER,
        Base64.getDecoder().decode(document.signature()))) {
      throw Refusal.of(Token.POLICY_WRONG).exception();
    }
    Rules old = standing.rules(now);
    boolean looser = refuseWrongBegin(document, old, fresh, now);
    Verdict used = gate.sign(walletId, accountId, document, code, digest);
    if (used != Verdict.OK) {
      return used;
    }
    store.add(walletId, document, clock.instant());
    PolicyChain longer =
        PolicyChain.verify(
            wallet.cosigners(),
            walletId,
            store.rows(walletId).stream().map(RuleStore.Row::document).toList());
    String head = chains.end(walletId, standing, longer, standing.frozenAt(), standing.thawAt());
    AuditKind kind = looser ? AuditKind.RULES_LOOSENING : AuditKind.RULES_CHANGED;
    String what = longer.version() + ", " + longer.head() + ", " + head;
    wallets.note(kind, wallet, accountId, walletId, what);
    tell(wallet, old, fresh, document, looser);
    return used;
  }

  /** Refuses somebody new who could not say yes, or goes by another name. */
  private void approversKnown(WalletRecord wallet, Rules old, Rules fresh) {
    Rules.Approvals before = old.approvals();
    Rules.Approvals after = fresh.approvals();
    if (after == null) {
      return;
    }
    for (Rules.Person approver : after.by()) {
      boolean member =
          isMember(wallet, approver)
              && wallets.role(wallet, approver.id()).filter(MemberRole::approves).isPresent();
      if (!member && (before == null || !before.by().contains(approver))) {
        throw RulesCheck.malformed("approvals");
      }
    }
  }

  /** The same of whoever has a limit of his own. */
  private void spendersKnown(WalletRecord wallet, Rules old, Rules fresh) {
    for (Rules.Window window : fresh.amounts()) {
      Rules.Person by = window.by();
      boolean before = old.amounts().stream().anyMatch(known -> Objects.equals(by, known.by()));
      if (by != null && !before && !isMember(wallet, by)) {
        throw RulesCheck.malformed("amounts");
      }
    }
  }

  private boolean isMember(WalletRecord wallet, Rules.Person person) {
    return wallets.role(wallet, person.id()).isPresent()
        && wallets.email(person.id()).equals(person.name());
  }

  /** Refuses hours in a time zone that nobody knows. */
  public static void refuseUnknownZone(Rules rules) {
    Rules.Hours hours = rules.hours();
    try {
      if (hours != null) {
        ZoneId.of(hours.zone());
      }
    } catch (DateTimeException e) {
      throw RulesCheck.malformed("hours");
    }
  }

  /**
   * Refuses {@code policy-wrong} for what is no looser and is to begin later, {@code
   * policy-too-soon} for what is looser and begins before the delay of the rules that hold is over,
   * and {@code policy-wrong} for what begins later than any delay would have it.
   *
   * @return whether it is looser
   */
  public static boolean refuseWrongBegin(
      PolicyDocument document, Rules old, Rules fresh, Instant now) {
    boolean looser = !Loosening.of(old, fresh).isEmpty();
    if (!looser && document.notBefore() != 0) {
      throw Refusal.of(Token.POLICY_WRONG).exception();
    }
    Instant earliest = now.plus(Duration.ofHours(old.delayHours())).minus(TYPING);
    if (looser && document.notBefore() < earliest.getEpochSecond()) {
      throw Refusal.of(Token.POLICY_TOO_SOON).exception();
    }
    if (document.notBefore() > now.plus(LATEST).getEpochSecond()) {
      throw Refusal.of(Token.POLICY_WRONG).exception();
    }
    return looser;
  }

  private void tell(
      WalletRecord wallet, Rules old, Rules fresh, PolicyDocument document, boolean looser) {
    List<String> before = RuleWords.lines(old);
    List<String> after = RuleWords.lines(fresh);
    List<String> added = RuleWords.without(after, before);
    List<String> removed = RuleWords.without(before, after);
    Instant from = looser ? Instant.ofEpochSecond(document.notBefore()) : null;
    if (old.book().isEmpty() && !fresh.book().isEmpty()) {
      news.firstEntries(wallet, fresh.book(), from);
    }
    if (from != null) {
      String link = links.of(RuleLinks.About.rules(wallet.walletId(), document.version()));
      news.waits(wallet, added, removed, from, link);
    } else {
      news.changed(wallet, added, removed);
    }
  }

  /** Cancels what waits, for good. Refuses {@code nothing-waits}. */
  public void cancel(String accountId, String walletId) {
    transactions.run(
        () -> {
          WalletRecord wallet = wallets.lockLive(accountId, walletId, MemberRole.ADMINISTRATOR);
          PolicyDocument waiting = chains.of(wallet).waiting(now());
          if (waiting == null) {
            throw Refusal.of(Token.NOTHING_WAITS).exception();
          }
          cancel(wallet, accountId, waiting.version());
        });
  }

  /**
   * What a link cancels.
   *
   * @param thaw whether it keeps a wallet stopped; else it keeps its rules
   */
  public record Cancellation(String wallet, boolean thaw) {}

  /** Refuses {@code link-dead} unless the link cancels something that waits. */
  public Cancellation lookAtCancel(String link) {
    Waiting waiting = waitsFor(link);
    return new Cancellation(waiting.wallet().name(), waiting.about().isThaw());
  }

  /** Cancels what the link is about, for good. */
  public void cancelByLink(String link) {
    transactions.run(
        () -> {
          wallets.lock(waitsFor(link).wallet().walletId());
          Waiting waiting = waitsFor(link);
          if (waiting.about().isThaw()) {
            thawless(waiting.wallet(), waiting.wallet().accountId());
          } else {
            cancel(waiting.wallet(), waiting.wallet().accountId(), waiting.about().version());
          }
        });
  }

  private record Waiting(WalletRecord wallet, RuleLinks.About about) {}

  private Waiting waitsFor(String link) {
    RuleLinks.About about =
        links.about(link).orElseThrow(() -> Refusal.of(Token.LINK_DEAD).exception());
    WalletRecord wallet = wallets.byId(about.walletId());
    Standing standing = chains.of(wallet);
    PolicyDocument waiting = standing.waiting(now());
    Instant thawAt = standing.thawAt();
    boolean waits =
        about.isThaw()
            ? thawAt != null && thawAt.getEpochSecond() == about.thawAt() && standing.frozen(now())
            : waiting != null && waiting.version() == about.version();
    if (!waits) {
      throw Refusal.of(Token.LINK_DEAD).exception();
    }
    return new Waiting(wallet, about);
  }

  private void cancel(WalletRecord wallet, String accountId, int version) {
    Standing standing = chains.of(wallet);
    gate.cancel(wallet.walletId(), version);
    store.cancel(wallet.walletId(), version, clock.instant());
    String head = end(wallet, standing, standing.frozenAt(), standing.thawAt());
    wallets.note(
        AuditKind.RULES_CANCELLED, wallet, accountId, wallet.walletId(), version + ", " + head);
    news.cancelled(wallet);
  }

  /** Stops everything at once, or goes on stopping what was to thaw. */
  public void freeze(String accountId, String walletId) {
    transactions.run(
        () -> {
          WalletRecord wallet = wallets.lockLive(accountId, walletId, MemberRole.SPENDER);
          Standing standing = chains.of(wallet);
          if (standing.frozen(now())) {
            if (standing.thawAt() != null) {
              thawless(wallet, accountId);
            }
            return;
          }
          gate.stop(walletId);
          String head = end(wallet, standing, clock.instant(), null);
          wallets.note(AuditKind.WALLET_FROZEN, wallet, accountId, walletId, head);
          news.frozen(wallet);
        });
  }

  /** The same rules, stopped or not. */
  private String end(
      WalletRecord wallet, Standing before, @Nullable Instant frozen, @Nullable Instant thaw) {
    return chains.end(wallet.walletId(), before, before.chain(), frozen, thaw);
  }

  private void thawless(WalletRecord wallet, String accountId) {
    Standing standing = chains.of(wallet);
    gate.stop(wallet.walletId());
    String head = end(wallet, standing, standing.frozenAt(), null);
    wallets.note(AuditKind.THAW_CANCELLED, wallet, accountId, wallet.walletId(), head);
    news.cancelled(wallet);
  }

  /**
   * Lets a stopped wallet go on after its delay. Refuses {@code nothing-waits} unless it stands.
   */
  public void thaw(String accountId, String walletId, String code) {
    Verdict verdict =
        transactions.run(
            () -> {
              WalletRecord wallet = wallets.lockLive(accountId, walletId, MemberRole.ADMINISTRATOR);
              Standing standing = chains.of(wallet);
              if (!standing.frozen(now()) || standing.thawAt() != null) {
                throw Refusal.of(Token.NOTHING_WAITS).exception();
              }
              Verdict used = gate.thaw(walletId, accountId, code);
              if (used != Verdict.OK) {
                return used;
              }
              Instant end = now().plus(Duration.ofHours(standing.rules(now()).delayHours()));
              String head = end(wallet, standing, standing.frozenAt(), end);
              wallets.note(AuditKind.THAW_BEGUN, wallet, accountId, walletId, head);
              news.thaws(wallet, end, links.of(RuleLinks.About.thaw(walletId, end)));
              return used;
            });
    refuse(verdict);
  }

  private static void refuse(Verdict verdict) {
    if (verdict != Verdict.OK) {
      throw SecondFactors.refusal(verdict).exception();
    }
  }
}
