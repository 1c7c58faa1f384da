package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.keys.Cosigners;

/**
 * What to ask an Esplora server about a wallet, one question after the other: each address of both
 * branches until {@link #GAP} in a row were never used, the coins of those that were, and the
 * transactions that made them. The asking is the caller's.
 *
 * <p>Limit: coins beyond such a gap are not seen; a node's scan sees them.
 */
public final class EsploraWalk {
  /** Addresses in a row that were never used, after which a branch ends. */
  public static final int GAP = 100;

  private final Cosigners cosigners;
  private final StringBuilder lists = new StringBuilder();
  private final List<String> made = new ArrayList<>();
  private final StringBuilder transactions = new StringBuilder();
  private int branch = Cosigners.RECEIVE;
  private int index;
  private int unused;
  private boolean listing;
  private int fetched;
  private int asked;
  private int found;

  public EsploraWalk(Cosigners cosigners) {
    this.cosigners = cosigners;
  }

  /** The path of the next question below the server's address; null when nothing is left to ask. */
  public @Nullable String path() {
    if (branch <= Cosigners.CHANGE) {
      return listing ? EsploraQuestions.utxoPath(address()) : EsploraQuestions.usedPath(address());
    }
    return fetched < made.size() ? EsploraQuestions.transactionPath(made.get(fetched)) : null;
  }

  /**
   * Takes the answer to {@link #path}. Refuses what {@link CoinReport#read} refuses; then the
   * question stays the next one.
   */
  public void answered(String text) {
    if (branch > Cosigners.CHANGE) {
      transaction(text.trim());
    } else if (listing) {
      coins(text.trim());
    } else {
      used(EsploraQuestions.used(text));
    }
  }

  private void used(boolean yes) {
    asked++;
    unused = yes ? 0 : unused + 1;
    listing = yes;
    if (!yes) {
      next();
    }
  }

  private void coins(String text) {
    CoinReport report = CoinReport.ofAddress(text, address());
    if (report.count() > 0) {
      lists.append(address().text()).append('\n').append(text).append('\n');
    }
    for (NamedCoin coin : report.coins()) {
      found++;
      String txid = coin.outpoint().txid();
      if (!made.contains(txid)) {
        made.add(txid);
      }
    }
    listing = false;
    next();
  }

  private void transaction(String hex) {
    CoinReport report = CoinReport.read(hex);
    if (report.kind() != CoinReport.Kind.TRANSACTIONS
        || !report.transactions().containsKey(made.get(fetched))) {
      throw malformed();
    }
    transactions.append(hex).append('\n');
    fetched++;
  }

  private static RefusedException malformed() {
    return Refusal.of(Token.COINS_MALFORMED, "place", "transaction").exception();
  }

  private void next() {
    index++;
    if (unused == GAP || index > Cosigners.MOST_INDEX) {
      branch++;
      index = 0;
      unused = 0;
    }
  }

  private Address address() {
    return Address.parse(cosigners.address(branch, index), cosigners.network());
  }

  /** How many addresses were asked for. */
  public int asked() {
    return asked;
  }

  /** How many coins were named. */
  public int found() {
    return found;
  }

  /** What was learnt, as texts that {@link CoinReport#read} takes; empty when there is no coin. */
  public List<String> reports() {
    return found == 0 ? List.of() : List.of(lists.toString(), transactions.toString());
  }
}
