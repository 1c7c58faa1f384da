package org.trefoil.server.rules;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.RefusedException;
import org.trefoil.core.policy.HeldRules;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.core.wire.RulesAndReceipt;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Takes over what a signer holds of a wallet's rules and this process does not: it ended between
 * the signer's answer and its own commit, or was put back as it was earlier. The other way round it
 * has the signer stop again what its people stopped here, and the signer lets go on. Guarantee:
 * each version is taken on the user key's signature alone, and whatever is taken is told as if it
 * came now. Limit: nothing is taken over, nor stopped again, before somebody asks what is held.
 */
final class CatchingUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchingUp.class);

  private final RuleChains chains;
  private final Wallets wallets;
  private final RuleGate gate;
  private final Noting noting;
  private final Transactions transactions;
  private final InstantSource careful;

  CatchingUp(
      RuleChains chains,
      Wallets wallets,
      RuleGate gate,
      Noting noting,
      Transactions transactions,
      InstantSource careful) {
    this.chains = chains;
    this.wallets = wallets;
    this.gate = gate;
    this.noting = noting;
    this.transactions = transactions;
    this.careful = careful;
  }

  /**
   * What whoever holds the keys says that it holds, and all of it.
   *
   * @param nonce 32 bytes
   */
  RulesAndReceipt held(WalletRecord wallet, byte[] nonce) {
    Standing standing = chains.of(wallet);
    RuleReceipt receipt = ask(wallet, standing, nonce);
    return lacks(standing, receipt)
        ? transactions.run(() -> caughtUp(wallet.walletId(), nonce))
        : new RulesAndReceipt(view(standing), receipt);
  }

  /** Takes over what there is; not while the signer is away. */
  void now(WalletRecord wallet) {
    try {
      held(wallet, new byte[HeldRules.NONCE]);
    } catch (RefusedException e) {
      LOG.warn("Rules of wallet {} are not taken over: {}", wallet.walletId(), e.getMessage());
    }
  }

  private RulesAndReceipt caughtUp(String walletId, byte[] nonce) {
    WalletRecord wallet = wallets.lock(walletId);
    // Asked again: while the wallet is locked here, nobody changes what is held there.
    RuleReceipt receipt = ask(wallet, chains.of(wallet), nonce);
    if (goesOn(chains.of(wallet), receipt)) {
      gate.stop(walletId);
      receipt = ask(wallet, chains.of(wallet), nonce);
    }
    cancel(wallet, receipt);
    for (int version = version(wallet); version < receipt.version(); version++) {
      Optional<PolicyDocument> next = gate.after(walletId, version);
      if (next.isEmpty()) {
        break;
      }
      noting.taken(wallet, wallet.accountId(), chains.of(wallet), next.get());
      cancel(wallet, receipt);
    }
    Standing standing = chains.of(wallet);
    if (stops(standing, receipt)) {
      noting.stopped(wallet, wallet.accountId(), standing);
    } else if (thaws(standing, receipt)) {
      Instant there = Instant.ofEpochSecond(Objects.requireNonNull(receipt.thawAt()));
      noting.thaws(wallet, wallet.accountId(), standing, there);
    }
    LOG.info("Rules of wallet {} are taken over as its signer holds them", walletId);
    return new RulesAndReceipt(view(chains.of(wallet)), receipt);
  }

  private int version(WalletRecord wallet) {
    return chains.of(wallet).chain().version();
  }

  private void cancel(WalletRecord wallet, RuleReceipt receipt) {
    for (int version : receipt.cancelled()) {
      Standing standing = chains.of(wallet);
      if (version <= standing.chain().version() && !standing.cancelled().contains(version)) {
        noting.cancelled(wallet, wallet.accountId(), standing, version);
      }
    }
  }

  private boolean lacks(Standing standing, RuleReceipt receipt) {
    return receipt.version() > standing.chain().version()
        || !standing.cancelled().containsAll(receipt.cancelled())
        || goesOn(standing, receipt)
        || stops(standing, receipt)
        || thaws(standing, receipt);
  }

  /** What its people have stopped, and let go on nowhere here. */
  private boolean goesOn(Standing standing, RuleReceipt receipt) {
    return standing.frozen(careful.instant()) && standing.thawAt() == null && !receipt.stopped();
  }

  private boolean stops(Standing standing, RuleReceipt receipt) {
    boolean here = standing.frozen(careful.instant()) && standing.thawAt() == null;
    return receipt.stopped() && receipt.thawAt() == null && !here;
  }

  private static boolean thaws(Standing standing, RuleReceipt receipt) {
    return receipt.thawAt() != null && standing.frozenAt() != null && standing.thawAt() == null;
  }

  private RuleReceipt ask(WalletRecord wallet, Standing standing, byte[] nonce) {
    return gate.receipt(wallet.walletId(), wallet.cosigners(), nonce, here(standing));
  }

  private RuleReceipt here(Standing standing) {
    Instant now = careful.instant();
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

  /** All versions here. */
  PolicyView view(Standing standing) {
    return new PolicyView(
        standing.chain().documents(), cancelled(standing), careful.instant().getEpochSecond());
  }

  private static List<Integer> cancelled(Standing standing) {
    return standing.cancelled().stream().sorted().toList();
  }
}
