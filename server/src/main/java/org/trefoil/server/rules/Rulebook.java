package org.trefoil.server.rules;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Objects;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.policy.Loosening;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.policy.RulesCheck;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.RulesAndReceipt;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.keyfile.KeyFile;
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
  private final Noting noting;
  private final CatchingUp catchingUp;
  private final Transactions transactions;
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
    this.noting = new Noting(store, chains, links, wallets, news, clock, careful);
    this.catchingUp = new CatchingUp(chains, wallets, gate, noting, transactions, careful);
    this.transactions = transactions;
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
    return catchingUp.view(standing(accountId, walletId));
  }

  /**
   * All versions here, and what whoever holds the keys says that it holds of them; what is held
   * there alone is taken over first.
   *
   * @param nonce 32 bytes; refuses {@code wrong-value} for others
   */
  public RulesAndReceipt held(String accountId, String walletId, byte[] nonce) {
    return catchingUp.held(wallets.live(accountId, walletId, MemberRole.VIEWER), nonce);
  }

  /**
   * Takes a new version; the same again changes nothing and uses no code up. Refuses {@code
   * policy-changed-elsewhere} when it is not the next one, which is here then, {@code policy-waits}
   * while another waits, {@code policy-wrong} unless the user key signed it, {@code
   * policy-too-soon} when it is looser and begins before the delay is over.
   */
  public void sign(String accountId, String walletId, PolicyRequest request) {
    WalletRecord unlocked = wallets.active(accountId, walletId, MemberRole.ADMINISTRATOR);
    Verdict verdict;
    try {
      verdict =
          transactions.run(
              () -> {
                WalletRecord wallet =
                    wallets.lockActive(accountId, walletId, MemberRole.ADMINISTRATOR);
                return sign(wallet, accountId, request.document(), request.code());
              });
    } catch (RefusedException e) {
      if (e.refusal().is(Token.POLICY_CHANGED_ELSEWHERE)) {
        catchingUp.now(unlocked);
      }
      throw e;
    }
    verdict.orRefuse();
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
    refuseWrongBegin(document, standing.rules(now), fresh, now);
    Verdict used = gate.sign(walletId, accountId, document, code, digest);
    if (used == Verdict.OK) {
      noting.taken(wallet, accountId, standing, document);
    }
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
   */
  public static void refuseWrongBegin(
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
    gate.cancel(wallet.walletId(), version);
    noting.cancelled(wallet, accountId, chains.of(wallet), version);
  }

  /** Stops everything at once, or goes on stopping what was to thaw. */
  public void freeze(String accountId, String walletId) {
    transactions.run(
        () -> {
          WalletRecord wallet = wallets.lockLive(accountId, walletId, MemberRole.SPENDER);
          Standing standing = chains.of(wallet);
          if (standing.frozen(now())) {
            if (standing.thawAt() == null) {
              gate.stop(walletId); // where somebody may have begun to let it go on
            } else {
              thawless(wallet, accountId);
            }
            return;
          }
          gate.stop(walletId);
          noting.stopped(wallet, accountId, standing);
        });
  }

  private void thawless(WalletRecord wallet, String accountId) {
    gate.stop(wallet.walletId());
    noting.staysStopped(wallet, accountId, chains.of(wallet));
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
              if (used == Verdict.OK) {
                noting.thaws(wallet, accountId, standing, null);
              }
              return used;
            });
    verdict.orRefuse();
  }
}
