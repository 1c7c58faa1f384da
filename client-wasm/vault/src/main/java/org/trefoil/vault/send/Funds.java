package org.trefoil.vault.send;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.CoinSelector;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.CoinProof;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.proposal.Known;
import org.trefoil.core.proposal.OwnScripts;
import org.trefoil.core.proposal.Proposal;
import org.trefoil.core.proposal.ProposalCheck;
import org.trefoil.core.proposal.Proposals;
import org.trefoil.core.proposal.Returned;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Fees;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * What the wallet can spend, as the server says it. Amounts and scripts of the coins that are spent
 * are checked against the transactions that made them; whether these are in the chain, and that no
 * coin was left out, only the server knows.
 */
public final class Funds {
  private final OwnScripts own;
  private final Spendable spendable;
  private final List<Coin> coins = new ArrayList<>();
  private final Map<String, byte[]> previous = new HashMap<>();
  private final FeeBounds bounds;
  private final int changeIndex;

  /** What the wallet can spend; {@code seen} as in {@link #changeIndex}. */
  public Funds(KnownWallet wallet, Spendable spendable, @Nullable Integer seen) {
    changeIndex = changeIndex(spendable.changeIndex(), seen);
    this.own = new OwnScripts(wallet.cosigners());
    this.spendable = spendable;
    this.bounds = bounds(spendable.fees());
    for (SpendableCoin coin : spendable.coins()) {
      if (!coin.reserved()) {
        Outpoint outpoint = new Outpoint(coin.txid(), coin.vout());
        Sats value = new Sats(coin.value());
        coins.add(
            new Coin(
                outpoint, value, coin.branch(), coin.index(), coin.confirmations(), coin.ours()));
        previous.put(coin.txid(), Base64.getDecoder().decode(coin.previousTx()));
      }
    }
  }

  /**
   * Change goes where the server says, but no further than a scanning wallet looks beyond the
   * furthest change address that this browser had signed. Where it had to hold back, an address may
   * be used twice; where the browser has signed none, the server's word has only {@link
   * Cosigners#MOST_INDEX} above it.
   *
   * @param seen the number of that furthest address, null when there is none
   */
  static int changeIndex(int said, @Nullable Integer seen) {
    return seen == null || said > Cosigners.MOST_INDEX
        ? said
        : Math.min(said, seen + Cosigners.GAP);
  }

  /** The server's bounds, never wider than the standard ones. */
  static FeeBounds bounds(Fees fees) {
    FeeBounds standard = FeeBounds.standard();
    long floor = Math.max(0, Math.min(fees.floor(), standard.ceiling().satPerKvB()));
    long ceiling = Math.max(floor, Math.min(fees.ceiling(), standard.ceiling().satPerKvB()));
    return FeeBounds.of(new FeeRate(floor), new FeeRate(ceiling));
  }

  /** What can be spent now, before any fee. */
  public Sats available() {
    Sats sum = Sats.ZERO;
    for (Coin coin : coins) {
      if (coin.spendable()) {
        sum = sum.plus(coin.value());
      }
    }
    return sum;
  }

  public Fees fees() {
    return spendable.fees();
  }

  /** How many transactions it takes; one, but for everything of a great many coins. */
  public int rounds(Intent intent) {
    byte[] script = intent.recipients().get(0).address().scriptPubKey();
    return intent.everything()
        ? CoinSelector.rounds(coins, script, intent.feeRate(), own.cosigners())
        : 1;
  }

  /** Builds a transaction without checking it: for estimates. */
  public Proposal propose(Intent intent) {
    return Proposals.build(own, coins, intent, changeIndex, spendable.lockTime(), previous);
  }

  /** Builds, and checks against the intent as asked for and the coins as proved. */
  public CheckedSpend spend(Intent intent) {
    return checked(propose(intent));
  }

  /** Reads what a transaction from elsewhere does with these coins, and checks it likewise. */
  public CheckedSpend brought(Returned returned) {
    return checked(returned.read(own, coins, changeIndex, previous));
  }

  /** The transactions that made the coins, by id. */
  public Map<String, byte[]> previous() {
    return previous;
  }

  private CheckedSpend checked(Proposal proposal) {
    for (Coin coin : proposal.inputs()) {
      byte[] tx = previous.get(coin.outpoint().txid());
      CoinProof.verify(coin, own, tx == null ? new byte[0] : tx);
    }
    Known known = new Known(coins, bounds, changeIndex, spendable.tipHeight());
    return ProposalCheck.check(proposal.psbt(), proposal.intent(), own, known).orThrow();
  }
}
