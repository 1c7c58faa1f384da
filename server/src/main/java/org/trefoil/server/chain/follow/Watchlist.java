package org.trefoil.server.chain.follow;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutput;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.server.chain.RawBlock;
import org.trefoil.server.chain.follow.FoundTransaction.Credit;
import org.trefoil.server.chain.follow.FoundTransaction.Debit;

/**
 * What to look for in memory: one pass over a block finds everybody's transactions, at a cost that
 * does not depend on how many wallets there are.
 *
 * <p>Memory holds the scripts, some 100 bytes for each, and of the coins fingerprints alone. What
 * those match is compared with the store, so a collision costs one look and nothing else.
 *
 * <p>Of each branch it looks for {@value #GAP} addresses at least beyond the highest that was ever
 * paid. When a payment moves that window, the same block is looked through again, so that a payment
 * to an address that just came into sight is not missed.
 */
final class Watchlist {
  static final int GAP = 20;

  /**
   * The window's end is a multiple of this: reading a wallet's keys costs more than deriving from
   * them, so several are derived at once.
   */
  static final int STEP = 10;

  private static final int HASH = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Wallets whose keys are kept at hand for deriving. */
  private static final int KEYS = 1_000;

  /** A transaction that pays somebody, or spends coins whose fingerprints are known. */
  private record Candidate(
      Transaction tx, String txid, int place, List<Credit> credits, List<Outpoint> spends) {}

  /** What a pass over transactions found, and the scripts that came into sight by it. */
  record Pass(List<FoundTransaction> found, List<WatchedScript> fresh) {}

  private final WatchStore watched;
  private final ChainStore store;
  private final PublicCurve curve;
  private final Fingerprints fingerprints =
      new Fingerprints(RANDOM.nextLong(), RANDOM.nextLong() | 1);
  private final List<String> wallets = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** How many addresses of a branch are looked for, at twice the wallet's number plus branch. */
  private int[] derived = new int[64];

  private final ScriptIndex scripts = new ScriptIndex();
  private final FingerprintSet coins = new FingerprintSet();

  /** What passes found that the store does not have yet. */
  private final Map<Outpoint, OwnCoin> freshCoins = new HashMap<>();

  private final Map<String, Cosigners> keys =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Cosigners> eldest) {
          return size() > KEYS;
        }
      };

  private final RawBlock.Eye eye =
      new RawBlock.Eye() {
        @Override
        public boolean input(byte[] block, int id, int vout) {
          return coins.contains(fingerprints.of(block, id, HASH, vout));
        }

        @Override
        public boolean output(byte[] block, int script, int length) {
          return find(block, script, length) >= 0;
        }
      };

  private Watchlist(WatchStore watched, ChainStore store, PublicCurve curve) {
    this.watched = watched;
    this.store = store;
    this.curve = curve;
  }

  /** All wallets that are followed together. */
  static Watchlist ofAll(WatchStore watched, ChainStore store, PublicCurve curve) {
    Watchlist all = new Watchlist(watched, store, curve);
    watched.live().forEach(all::add);
    watched.eachScript(null, all::add);
    store.eachCoin(null, all::add);
    return all;
  }

  /** Nobody yet; see {@link #join}. */
  static Watchlist ofNone(WatchStore watched, ChainStore store, PublicCurve curve) {
    return new Watchlist(watched, store, curve);
  }

  /** The first scripts of a wallet that has never been paid. */
  static List<WatchedScript> firstScripts(String walletId, Cosigners cosigners, PublicCurve curve) {
    List<WatchedScript> first = new ArrayList<>();
    for (int branch = 0; branch <= 1; branch++) {
      for (int index = 0; index < GAP; index++) {
        byte[] script = cosigners.scriptPubKey(curve, branch, index);
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
      scripts.add(fingerprints.of(script.script(), 0), place, script.script());
      int branch = 2 * number + script.branch();
      derived[branch] = Math.max(derived[branch], script.index() + 1);
    }
  }

  private void add(Outpoint coin) {
    coins.add(fingerprint(coin));
  }

  /** Looks through a block; only what its bytes say may concern somebody is read whole. */
  Pass pass(RawBlock block) {
    return pass(
        block.count(), place -> block.concerns(place, eye) ? block.transaction(place) : null);
  }

  /** Looks through transactions, parents before children. */
  Pass pass(List<Transaction> transactions) {
    return pass(transactions.size(), transactions::get);
  }

  private Pass pass(int count, IntFunction<@Nullable Transaction> some) {
    List<WatchedScript> fresh = new ArrayList<>();
    while (true) {
      List<Candidate> candidates = new ArrayList<>();
      int before = fresh.size();
      for (int place = 0; place < count; place++) {
        Transaction tx = some.apply(place);
        Candidate candidate = tx == null ? null : candidate(tx, place);
        if (candidate != null) {
          candidates.add(candidate);
          candidate.credits().forEach(credit -> widen(credit, fresh));
        }
      }
      if (fresh.size() == before) {
        return new Pass(found(candidates), fresh);
      }
    }
  }

  /** What passes found is in the store now. */
  void written() {
    freshCoins.clear();
  }

  private @Nullable Candidate candidate(Transaction tx, int place) {
    List<Outpoint> spends = new ArrayList<>(0);
    if (!tx.isCoinBase()) {
      for (TransactionInput input : tx.getInputs()) {
        int vout = (int) Math.min(input.getOutpoint().index(), Integer.MAX_VALUE);
        Sha256Hash parent = input.getOutpoint().hash();
        if (coins.contains(fingerprints.of(parent.serialize(), vout))) {
          spends.add(new Outpoint(parent.toString(), vout));
        }
      }
    }
    List<Credit> credits = new ArrayList<>(0);
    List<TransactionOutput> outputs = tx.getOutputs();
    for (int vout = 0; vout < outputs.size(); vout++) {
      TransactionOutput output = outputs.get(vout);
      byte[] script = output.getScriptBytes();
      long at = find(script, 0, script.length);
      if (at >= 0) {
        String walletId = wallets.get(ScriptIndex.wallet(at));
        int branch = ScriptIndex.branch(at);
        long amount = output.getValue().value;
        credits.add(new Credit(walletId, vout, branch, ScriptIndex.index(at), amount));
      }
    }
    if (credits.isEmpty() && spends.isEmpty()) {
      return null;
    }
    String txid = tx.getTxId().toString();
    for (Credit credit : credits) {
      Outpoint outpoint = new Outpoint(txid, credit.vout());
      add(outpoint);
      freshCoins.put(outpoint, new OwnCoin(outpoint, credit.walletId(), credit.amount()));
    }
    return new Candidate(tx, txid, place, credits, spends);
  }

  private long find(byte[] bytes, int from, int length) {
    return scripts.find(fingerprints.of(bytes, from, length, 0), bytes, from, length);
  }

  /** Those candidates that spend coins of ours or pay us; the store is asked once for all. */
  private List<FoundTransaction> found(List<Candidate> candidates) {
    Set<Outpoint> asked = new HashSet<>();
    candidates.forEach(candidate -> asked.addAll(candidate.spends()));
    asked.removeAll(freshCoins.keySet());
    Map<Outpoint, OwnCoin> known = new HashMap<>(freshCoins);
    if (!asked.isEmpty()) {
      store.coins(asked).forEach(coin -> known.put(coin.outpoint(), coin));
    }
    List<FoundTransaction> found = new ArrayList<>();
    for (Candidate each : candidates) {
      List<Debit> debits = new ArrayList<>();
      for (Outpoint spent : each.spends()) {
        OwnCoin coin = known.get(spent);
        if (coin != null && watches(coin.walletId())) {
          debits.add(new Debit(coin.walletId(), spent, coin.amount()));
        }
      }
      if (!each.credits().isEmpty() || !debits.isEmpty()) {
        Transaction tx = each.tx();
        boolean coinbase = tx.isCoinBase();
        int inputs = tx.getInputs().size();
        found.add(
            new FoundTransaction(
                each.txid(),
                tx.serialize(),
                each.place(),
                coinbase,
                inputs,
                each.credits(),
                debits));
      }
    }
    return found;
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
    Cosigners cosigners = keys(credit.walletId());
    if (cosigners == null) {
      return;
    }
    int end = (credit.index() + GAP + STEP) / STEP * STEP;
    for (int index = known; index < end; index++) {
      byte[] script = cosigners.scriptPubKey(curve, credit.branch(), index);
      WatchedScript next = new WatchedScript(credit.walletId(), credit.branch(), index, script);
      add(next);
      fresh.add(next);
    }
  }

  private @Nullable Cosigners keys(String walletId) {
    Cosigners known = keys.get(walletId);
    if (known == null) {
      WatchedWallet wallet = watched.wallet(walletId);
      if (wallet != null) {
        known = wallet.cosigners();
        keys.put(walletId, known);
      }
    }
    return known;
  }

  private long fingerprint(Outpoint outpoint) {
    byte[] hash = new byte[HASH]; // as nodes exchange it, which is backwards
    for (int i = 0; i < HASH; i++) {
      hash[HASH - 1 - i] = (byte) Integer.parseInt(outpoint.txid(), 2 * i, 2 * i + 2, 16);
    }
    return fingerprints.of(hash, outpoint.vout());
  }
}
