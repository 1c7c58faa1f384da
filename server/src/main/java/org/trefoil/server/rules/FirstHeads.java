package org.trefoil.server.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Gives wallets from before heads were counted theirs: once for a database, and noted in the
 * record, so that a head that is missing afterwards was removed.
 */
public final class FirstHeads {
  private static final Logger LOG = LoggerFactory.getLogger(FirstHeads.class);

  private static final int ROUND = 500;
  private static final String GIVEN = "given";

  private final RuleStore store;
  private final RuleChains chains;
  private final Wallets wallets;
  private final AuditLog audit;
  private final Transactions transactions;

  public FirstHeads(
      RuleStore store,
      RuleChains chains,
      Wallets wallets,
      AuditLog audit,
      Transactions transactions) {
    this.store = store;
    this.chains = chains;
    this.wallets = wallets;
    this.audit = audit;
    this.transactions = transactions;
  }

  /** Does it unless it was done; called at start. A crash in between is taken up by the next. */
  public void give() {
    if (store.giving() == null) {
      transactions.run(this::begin);
    }
    String after = chains.giving().equals(store.giving()) ? "" : null;
    while (after != null) {
      String from = after;
      after = transactions.run(() -> giveSome(from));
    }
  }

  private void begin() {
    // Where heads are counted already, whoever says that none are has removed what we noted.
    if (store.counts()) {
      LOG.warn("Heads of rules are counted, but nothing says since when; none is made");
    } else {
      store.giving(chains.giving());
    }
  }

  /** The last that was looked at; null, and noted, when there are no more. */
  private @Nullable String giveSome(String after) {
    List<String> some = store.uncounted(after, ROUND);
    for (String walletId : some) {
      WalletRecord wallet = wallets.lock(walletId);
      String noted = chains.count(wallet);
      if (noted == null) {
        LOG.warn("The rules of wallet {} are not what was signed; it stays closed", walletId);
      } else {
        audit.note(AuditKind.RULES_SEALED, wallet.accountId(), walletId, noted);
      }
    }
    if (some.size() == ROUND) {
      return some.get(ROUND - 1);
    }
    store.giving(GIVEN);
    return null;
  }
}
