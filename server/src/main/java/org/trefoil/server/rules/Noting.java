package org.trefoil.server.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.policy.Loosening;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.policy.RuleWords;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.Rules;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Writes down what becomes of a wallet's rules, and tells its owner; under the wallet's lock, in
 * the caller's transaction. Whether it may become so was decided before.
 */
final class Noting {
  private final RuleStore store;
  private final RuleChains chains;
  private final RuleLinks links;
  private final Wallets wallets;
  private final RuleNews news;
  private final InstantSource clock;
  private final InstantSource careful;

  Noting(
      RuleStore store,
      RuleChains chains,
      RuleLinks links,
      Wallets wallets,
      RuleNews news,
      InstantSource clock,
      InstantSource careful) {
    this.store = store;
    this.chains = chains;
    this.links = links;
    this.wallets = wallets;
    this.news = news;
    this.clock = clock;
    this.careful = careful;
  }

  /**
   * A new version; refuses {@code policy-chain-broken} unless the user key signed it over the ones
   * before.
   */
  void taken(WalletRecord wallet, String accountId, Standing before, PolicyDocument document) {
    String walletId = wallet.walletId();
    Rules old = before.rules(careful.instant());
    Rules fresh = PolicyChain.read(document.rules(), wallet.network());
    store.add(walletId, document, clock.instant());
    PolicyChain longer =
        PolicyChain.verify(
            wallet.cosigners(),
            walletId,
            store.rows(walletId).stream().map(RuleStore.Row::document).toList());
    String head = chains.end(walletId, before, longer, before.frozenAt(), before.thawAt());
    boolean looser = !Loosening.of(old, fresh).isEmpty();
    AuditKind kind = looser ? AuditKind.RULES_LOOSENING : AuditKind.RULES_CHANGED;
    String what = longer.version() + ", " + longer.head() + ", " + head;
    wallets.note(kind, wallet, accountId, walletId, what);
    tell(wallet, old, fresh, document, looser);
  }

  private void tell(
      WalletRecord wallet, Rules old, Rules fresh, PolicyDocument document, boolean looser) {
    List<String> before = RuleWords.lines(old);
    List<String> after = RuleWords.lines(fresh);
    List<String> added = RuleWords.without(after, before);
    List<String> removed = RuleWords.without(before, after);
    Instant begin = Instant.ofEpochSecond(document.notBefore());
    Instant from = looser && begin.isAfter(careful.instant()) ? begin : null;
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

  /** A version that waited is cancelled, for good. */
  void cancelled(WalletRecord wallet, String accountId, Standing before, int version) {
    store.cancel(wallet.walletId(), version, clock.instant());
    String head = end(wallet, before, before.frozenAt(), before.thawAt());
    wallets.note(
        AuditKind.RULES_CANCELLED, wallet, accountId, wallet.walletId(), version + ", " + head);
    news.cancelled(wallet);
  }

  /** Everything is stopped. */
  void stopped(WalletRecord wallet, String accountId, Standing before) {
    String head = end(wallet, before, clock.instant(), null);
    wallets.note(AuditKind.WALLET_FROZEN, wallet, accountId, wallet.walletId(), head);
    news.frozen(wallet);
  }

  /** What was to go on stays stopped. */
  void staysStopped(WalletRecord wallet, String accountId, Standing before) {
    String head = end(wallet, before, before.frozenAt(), null);
    wallets.note(AuditKind.THAW_CANCELLED, wallet, accountId, wallet.walletId(), head);
    news.cancelled(wallet);
  }

  /**
   * What is stopped goes on after the delay of its rules, from now: its owner hears of it now.
   *
   * @param there when it goes on at a signer where that was begun before; null for not before here
   */
  void thaws(WalletRecord wallet, String accountId, Standing before, @Nullable Instant there) {
    Instant now = careful.instant();
    Instant end = now.plus(Duration.ofHours(before.rules(now).delayHours()));
    String head = end(wallet, before, before.frozenAt(), end);
    wallets.note(AuditKind.THAW_BEGUN, wallet, accountId, wallet.walletId(), head);
    news.thaws(wallet, end, there, links.of(RuleLinks.About.thaw(wallet.walletId(), end)));
  }

  /** The same rules, stopped or not. */
  private String end(
      WalletRecord wallet, Standing before, @Nullable Instant frozen, @Nullable Instant thaw) {
    return chains.end(wallet.walletId(), before, before.chain(), frozen, thaw);
  }
}
