package org.trefoil.server.chain.follow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutput;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.server.chain.follow.FoundTransaction.Credit;
import org.trefoil.server.chain.follow.FoundTransaction.Debit;

/**
 * The scripts and coins of all wallets in memory: one pass over a block finds everybody's
 * transactions.
 *
 * <p>Of each branch it looks for {@value #GAP} addresses beyond the highest that was ever paid.
 * When a payment moves that window, the same block is looked through again, so that a payment to an
 * address that just came into sight is not missed.
 */
final class Watchlist {
  static final int GAP = 20;

  /** Bytes that can be looked up. */
  private record Script(byte[] bytes, int hash) {
    Script(byte[] bytes) {
      this(bytes, Arrays.hashCode(bytes));
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Script that && Arrays.equals(bytes, that.bytes);
    }
  }

  private record Owner(String walletId, int branch, int index) {}

  private record Branch(String walletId, int branch) {}

  /** What a pass over transactions found, and the scripts that came into sight by it. */
  record Pass(List<FoundTransaction> found, List<WatchedScript> fresh) {}

  private final Map<String, Cosigners> wallets = new HashMap<>();
  private final Map<Script, Owner> scripts = new HashMap<>();
  private final Map<Branch, Integer> derived = new HashMap<>();
  private final Map<Outpoint, OwnCoin> coins = new HashMap<>();

  /** The first scripts of a wallet that has never been paid. */
  static List<WatchedScript> firstScripts(String walletId, Cosigners cosigners) {
    List<WatchedScript> first = new ArrayList<>();
    for (int branch = 0; branch <= 1; branch++) {
      for (int index = 0; index < GAP; index++) {
        byte[] script = cosigners.scriptPubKey(branch, index);
        first.add(new WatchedScript(walletId, branch, index, script));
      }
    }
    return first;
  }

  boolean watches(String walletId) {
    return wallets.containsKey(walletId);
  }

  void add(WatchedWallet wallet) {
    wallets.put(wallet.walletId(), wallet.cosigners());
  }

  void add(WatchedScript script) {
    if (watches(script.walletId())) {
      Owner owner = new Owner(script.walletId(), script.branch(), script.index());
      scripts.putIfAbsent(new Script(script.script()), owner);
      derived.merge(new Branch(script.walletId(), script.branch()), script.index() + 1, Math::max);
    }
  }

  void add(OwnCoin coin) {
    if (watches(coin.walletId())) {
      coins.put(coin.outpoint(), coin);
    }
  }

  /** Looks through transactions, parents before children. */
  Pass pass(List<Transaction> transactions) {
    List<WatchedScript> fresh = new ArrayList<>();
    while (true) {
      List<FoundTransaction> found = new ArrayList<>();
      int before = fresh.size();
      for (int place = 0; place < transactions.size(); place++) {
        FoundTransaction tx = look(transactions.get(place), place);
        if (tx != null) {
          found.add(tx);
          tx.credits().forEach(credit -> widen(credit, fresh));
        }
      }
      if (fresh.size() == before) {
        return new Pass(found, fresh);
      }
    }
  }

  private @Nullable FoundTransaction look(Transaction tx, int place) {
    List<Debit> debits = new ArrayList<>();
    boolean coinbase = tx.isCoinBase();
    if (!coinbase && !coins.isEmpty()) {
      for (TransactionInput input : tx.getInputs()) {
        OwnCoin coin = coins.get(spentBy(input));
        if (coin != null) {
          debits.add(new Debit(coin.walletId(), coin.outpoint(), coin.amount()));
        }
      }
    }
    List<Credit> credits = new ArrayList<>();
    List<TransactionOutput> outputs = tx.getOutputs();
    for (int vout = 0; vout < outputs.size(); vout++) {
      TransactionOutput output = outputs.get(vout);
      Owner owner = scripts.get(new Script(output.getScriptBytes()));
      if (owner != null) {
        long amount = output.getValue().value;
        credits.add(new Credit(owner.walletId(), vout, owner.branch(), owner.index(), amount));
      }
    }
    if (credits.isEmpty() && debits.isEmpty()) {
      return null;
    }
    String txid = tx.getTxId().toString();
    for (Credit credit : credits) {
      add(new OwnCoin(new Outpoint(txid, credit.vout()), credit.walletId(), credit.amount()));
    }
    int inputs = tx.getInputs().size();
    return new FoundTransaction(txid, tx.serialize(), place, coinbase, inputs, credits, debits);
  }

  private void widen(Credit credit, List<WatchedScript> fresh) {
    Cosigners cosigners = wallets.get(credit.walletId());
    if (cosigners == null) {
      return;
    }
    int known = derived.getOrDefault(new Branch(credit.walletId(), credit.branch()), 0);
    for (int index = known; index <= credit.index() + GAP; index++) {
      byte[] script = cosigners.scriptPubKey(credit.branch(), index);
      WatchedScript next = new WatchedScript(credit.walletId(), credit.branch(), index, script);
      add(next);
      fresh.add(next);
    }
  }

  private static Outpoint spentBy(TransactionInput input) {
    long vout = Math.min(input.getOutpoint().index(), Integer.MAX_VALUE);
    return new Outpoint(input.getOutpoint().hash().toString(), (int) vout);
  }
}
