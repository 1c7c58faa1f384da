package org.trefoil.server.chain.follow;

import java.security.SecureRandom;
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
 * What to look for in memory: one pass over a block finds everybody's transactions, at a cost that
 * does not depend on how many wallets there are.
 *
 * <p>Memory holds fingerprints alone, some 50 bytes for a script. Whatever they match is compared
 * with the store, so a collision costs one look and nothing else.
 *
 * <p>Of each branch it looks for {@value #GAP} addresses beyond the highest that was ever paid.
 * When a payment moves that window, the same block is looked through again, so that a payment to an
 * address that just came into sight is not missed.
 */
final class Watchlist {
  static final int GAP = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  private record Place(String walletId, int branch, int index) {}

  /** What a pass over transactions found, and the scripts that came into sight by it. */
  record Pass(List<FoundTransaction> found, List<WatchedScript> fresh) {}

  private final WatchStore watched;
  private final ChainStore store;
  private final Fingerprints fingerprints =
      new Fingerprints(RANDOM.nextLong(), RANDOM.nextLong() | 1);
  private final List<String> wallets = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** How many addresses of a branch are looked for, at twice the wallet's number plus branch. */
  private int[] derived = new int[64];

  private final ScriptIndex scripts = new ScriptIndex();
  private final FingerprintSet coins = new FingerprintSet();

  /** What this pass made, which the store does not have yet. */
  private final Map<Place, byte[]> freshScripts = new HashMap<>();

  private final Map<Outpoint, OwnCoin> freshCoins = new HashMap<>();

  private Watchlist(WatchStore watched, ChainStore store) {
    this.watched = watched;
    this.store = store;
  }

  /** All wallets that are followed together. */
  static Watchlist ofAll(WatchStore watched, ChainStore store) {
    Watchlist all = new Watchlist(watched, store);
    watched.live().forEach(all::add);
    watched.eachScript(null, all::add);
    store.eachCoin(null, all::add);
    return all;
  }

  /** One wallet alone. */
  static Watchlist of(String walletId, WatchStore watched, ChainStore store) {
    Watchlist alone = new Watchlist(watched, store);
    alone.join(walletId);
    return alone;
  }

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
    return numbers.containsKey(walletId);
  }

  /** Adds a wallet with all its scripts and coins as they are in the store now. */
  void join(String walletId) {
    add(walletId);
    watched.eachScript(walletId, this::add);
    store.eachCoin(walletId, this::add);
  }

  private void add(String walletId) {
    if (numbers.putIfAbsent(walletId, wallets.size()) == null) {
      wallets.add(walletId);
      if (derived.length < 2 * wallets.size()) {
        derived = Arrays.copyOf(derived, 2 * derived.length);
      }
    }
  }

  private void add(WatchedScript script) {
    Integer number = numbers.get(script.walletId());
    if (number != null) {
      long place = ScriptIndex.place(number, script.branch(), script.index());
      scripts.add(fingerprints.of(script.script(), 0), place);
      int branch = 2 * number + script.branch();
      derived[branch] = Math.max(derived[branch], script.index() + 1);
    }
  }

  private void add(Outpoint coin) {
    coins.add(fingerprint(coin));
  }

  /** Looks through transactions, parents before children. */
  Pass pass(List<Transaction> transactions) {
    List<WatchedScript> fresh = new ArrayList<>();
    freshScripts.clear();
    freshCoins.clear();
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
    List<Debit> debits = List.of();
    boolean coinbase = tx.isCoinBase();
    if (!coinbase) {
      for (TransactionInput input : tx.getInputs()) {
        OwnCoin coin = spent(input);
        if (coin != null) {
          debits = debits.isEmpty() ? new ArrayList<>() : debits;
          debits.add(new Debit(coin.walletId(), coin.outpoint(), coin.amount()));
        }
      }
    }
    List<Credit> credits = List.of();
    List<TransactionOutput> outputs = tx.getOutputs();
    for (int vout = 0; vout < outputs.size(); vout++) {
      TransactionOutput output = outputs.get(vout);
      Place owner = owner(output.getScriptBytes());
      if (owner != null) {
        long amount = output.getValue().value;
        credits = credits.isEmpty() ? new ArrayList<>() : credits;
        credits.add(new Credit(owner.walletId(), vout, owner.branch(), owner.index(), amount));
      }
    }
    if (credits.isEmpty() && debits.isEmpty()) {
      return null;
    }
    String txid = tx.getTxId().toString();
    for (Credit credit : credits) {
      Outpoint outpoint = new Outpoint(txid, credit.vout());
      add(outpoint);
      freshCoins.put(outpoint, new OwnCoin(outpoint, credit.walletId(), credit.amount()));
    }
    int inputs = tx.getInputs().size();
    return new FoundTransaction(txid, tx.serialize(), place, coinbase, inputs, credits, debits);
  }

  private @Nullable Place owner(byte[] script) {
    long fingerprint = fingerprints.of(script, 0);
    long place = scripts.find(fingerprint, candidate -> is(candidate, script));
    return place < 0 ? null : placeOf(place);
  }

  private boolean is(long candidate, byte[] script) {
    Place place = placeOf(candidate);
    byte[] known = freshScripts.get(place);
    if (known == null) {
      known = watched.script(place.walletId(), place.branch(), place.index());
    }
    return Arrays.equals(script, known);
  }

  private Place placeOf(long place) {
    String walletId = wallets.get(ScriptIndex.wallet(place));
    return new Place(walletId, ScriptIndex.branch(place), ScriptIndex.index(place));
  }

  private @Nullable OwnCoin spent(TransactionInput input) {
    int vout = (int) Math.min(input.getOutpoint().index(), Integer.MAX_VALUE);
    if (!coins.contains(fingerprints.of(input.getOutpoint().hash().getBytes(), vout))) {
      return null;
    }
    Outpoint outpoint = new Outpoint(input.getOutpoint().hash().toString(), vout);
    OwnCoin fresh = freshCoins.get(outpoint);
    OwnCoin coin = fresh == null ? store.coin(outpoint) : fresh;
    return coin != null && watches(coin.walletId()) ? coin : null;
  }

  private void widen(Credit credit, List<WatchedScript> fresh) {
    Integer number = numbers.get(credit.walletId());
    if (number == null) {
      return;
    }
    int known = derived[2 * number + credit.branch()];
    if (known > credit.index() + GAP) {
      return;
    }
    WatchedWallet wallet = watched.wallet(credit.walletId());
    if (wallet == null) {
      return;
    }
    for (int index = known; index <= credit.index() + GAP; index++) {
      byte[] script = wallet.cosigners().scriptPubKey(credit.branch(), index);
      WatchedScript next = new WatchedScript(credit.walletId(), credit.branch(), index, script);
      freshScripts.put(new Place(next.walletId(), next.branch(), next.index()), script);
      add(next);
      fresh.add(next);
    }
  }

  private long fingerprint(Outpoint outpoint) {
    byte[] hash = new byte[32];
    for (int i = 0; i < 32; i++) {
      hash[i] = (byte) Integer.parseInt(outpoint.txid(), 2 * i, 2 * i + 2, 16);
    }
    return fingerprints.of(hash, outpoint.vout());
  }
}
