package org.trefoil.server.chain.follow;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.TransactionInput;
import org.bitcoinj.core.TransactionOutput;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Balance;
import org.trefoil.core.wire.Fees;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.core.wire.HistoryOutput;
import org.trefoil.server.chain.Ancestry;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.chain.ChainListener;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.HistoryPage;
import org.trefoil.server.chain.HistoryPlace;
import org.trefoil.server.chain.Rescan;
import org.trefoil.server.chain.Reservations;
import org.trefoil.server.chain.Standing;
import org.trefoil.server.chain.Tip;
import org.trefoil.server.chain.WatchedAddress;
import org.trefoil.server.chain.follow.ChainReader.Reached;
import org.trefoil.server.chain.follow.ChainReader.Sums;
import org.trefoil.server.chain.follow.ChainReader.TransactionRow;
import org.trefoil.server.chain.follow.ChainReader.UnspentRow;

/** Answers about wallets from the index that a {@link Follower} keeps. */
public final class FollowedChain implements ChainIndex {
  private static final int COINBASE_MATURITY = 100;

  /** Confirmations after which a spend is for good. */
  private static final int BURIED = 6;

  /** How long somebody waits for what the source knows, and for it to take a transaction. */
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private static final Duration HANDING_OVER = Duration.ofSeconds(4);

  private final ChainSource source;
  private final Follower follower;
  private final WatchStore watched;
  private final ChainReader reader;
  private final Reservations reservations;
  private final Patience patience = new Patience();
  private final KnownFees fees;

  public FollowedChain(
      ChainSource source,
      Follower follower,
      WatchStore watched,
      ChainReader reader,
      Reservations reservations) {
    this.source = source;
    this.follower = follower;
    this.watched = watched;
    this.reader = reader;
    this.reservations = reservations;
    this.fees = new KnownFees(source, patience);
  }

  @Override
  public Network network() {
    return source.network();
  }

  @Override
  public Tip tip() {
    Tip tip = reader.tip();
    if (tip == null) {
      throw nothingFollowed();
    }
    return tip;
  }

  private static ChainUnavailable nothingFollowed() {
    return new ChainUnavailable(ChainHealth.State.SYNCING, "No block has been followed yet.");
  }

  @Override
  public ChainHealth health() {
    return follower.health();
  }

  @Override
  public void watch(String walletId, Cosigners cosigners, int birthHeight) {
    if (cosigners.network() != network()) {
      throw new IllegalArgumentException("a wallet of another network");
    }
    if (!watched.has(walletId)) { // deriving its first addresses takes a while
      int scanned = Math.max(0, birthHeight) - 1;
      watched.addWallet(
          new WatchedWallet(walletId, cosigners, birthHeight, scanned),
          follower.firstScripts(walletId, cosigners));
      follower.poke();
    }
  }

  @Override
  public void rescan(Rescan rescan) {
    watched.ask(rescan);
    follower.poke();
  }

  @Override
  public @Nullable Rescan rescan(String walletId) {
    return watched.rescan(walletId);
  }

  @Override
  public Balance balance(String walletId) {
    Set<Outpoint> held = reservations.of(walletId);
    Sums sums = reader.sums(walletId, tip().height() + 1 - COINBASE_MATURITY);
    return new Balance(sums.ripe(), sums.all() - sums.ripe(), reader.sum(walletId, held));
  }

  @Override
  public Standing standing(String walletId, Set<String> txids) {
    Reached reached = reader.reached(walletId, Cosigners.CHANGE, txids);
    if (reached.tip() < 0) {
      throw nothingFollowed();
    }
    List<Coin> coins = coins(reached.unspent(), reached.tip());
    return new Standing(reached.tip(), next(reached.highest()), coins, reached.held());
  }

  @Override
  public List<Coin> coins(String walletId) {
    return coins(reader.unspent(walletId), tip().height());
  }

  private static List<Coin> coins(List<UnspentRow> rows, int tip) {
    List<Coin> coins = new ArrayList<>();
    for (UnspentRow row : rows) {
      if (mature(row, tip)) {
        coins.add(
            new Coin(
                new Outpoint(row.txid(), row.vout()),
                new Sats(row.amount()),
                row.branch(),
                row.index(),
                confirmations(row.height(), tip),
                row.ours()));
      }
    }
    return coins;
  }

  @Override
  public List<Coin> spendable(String walletId) {
    Set<Outpoint> held = reservations.of(walletId);
    return coins(walletId).stream()
        .filter(coin -> coin.spendable() && !held.contains(coin.outpoint()))
        .toList();
  }

  @Override
  public List<HistoryItem> history(String walletId) {
    return items(walletId, reader.entries(walletId, null, Integer.MAX_VALUE), tip().height());
  }

  @Override
  public HistoryPage history(String walletId, @Nullable HistoryPlace below, int limit) {
    int tip = tip().height();
    List<HistoryPlace> entries = reader.entries(walletId, below, limit + 1);
    boolean more = entries.size() > limit;
    List<HistoryPlace> shown = more ? entries.subList(0, limit) : entries;
    return new HistoryPage(items(walletId, shown, tip), more ? shown.get(limit - 1) : null);
  }

  private List<HistoryItem> items(String walletId, List<HistoryPlace> entries, int tip) {
    List<String> txids = entries.stream().map(HistoryPlace::txid).toList();
    return reader.transactions(walletId, txids).stream().map(row -> item(row, tip)).toList();
  }

  @Override
  public @Nullable HistoryItem transaction(String walletId, String txid) {
    TransactionRow row = row(walletId, txid);
    return row == null ? null : item(row, tip().height());
  }

  private @Nullable TransactionRow row(String walletId, String txid) {
    return reader.concerns(walletId, txid)
        ? reader.transactions(walletId, List.of(txid)).stream().findFirst().orElse(null)
        : null;
  }

  @Override
  public int confirmations(String walletId, String txid) {
    return reader.confirmations(walletId, List.of(txid)).getOrDefault(txid, -1);
  }

  @Override
  public Map<String, Integer> confirmations(Collection<String> txids) {
    return reader.confirmations(null, txids);
  }

  @Override
  public Map<String, byte[]> previousTransactions(String walletId) {
    return reader.makersOfUnspent(walletId);
  }

  @Override
  public List<WatchedAddress> addresses(String walletId, int branch, int first, int last) {
    return reader.addresses(walletId, branch, first, last).stream()
        .map(
            row ->
                new WatchedAddress(
                    branch,
                    row.index(),
                    Address.ofScript(network(), row.script()).text(),
                    new Sats(row.received()),
                    row.payments()))
        .toList();
  }

  @Override
  public int nextUnused(String walletId, int branch) {
    return next(reader.highestUsed(walletId, branch));
  }

  private static int next(int highestUsed) {
    return Math.min(highestUsed + 1, Cosigners.MOST_INDEX);
  }

  @Override
  public boolean used(String walletId, int branch, int index) {
    return reader.used(walletId, branch, index);
  }

  @Override
  public Fees fees() {
    return fees.now();
  }

  @Override
  public Ancestry ancestry(String walletId, String txid) {
    Ancestry told = null;
    try {
      told = patience.ask(MOMENT, () -> source.ancestry(txid));
    } catch (ChainUnavailable e) {
      // then it is a guess
    }
    TransactionRow row = told == null ? row(walletId, txid) : null;
    long vsize = row == null ? 1 : read(row.raw()).getVsize();
    return told != null ? told : new Ancestry((vsize * fees().floor() + 999) / 1000, vsize);
  }

  @Override
  public BroadcastOutcome broadcast(byte[] raw) {
    BroadcastOutcome outcome = handOver(raw);
    follower.poke();
    String txid = outcome.delivered() ? null : txidOf(raw);
    if (txid == null) {
      return outcome;
    }
    if (reader.inBlock(txid)) {
      return new BroadcastOutcome.AlreadyKnown(txid);
    }
    // Peers say nothing at all to what can confirm no longer; the index knows why they do not.
    boolean silent = outcome instanceof BroadcastOutcome.Unreachable;
    return silent && spentForGood(read(raw), txid)
        ? new BroadcastOutcome.Rejected("bad-txns-inputs-missingorspent")
        : outcome;
  }

  private BroadcastOutcome handOver(byte[] raw) {
    try {
      return patience.ask(HANDING_OVER, () -> source.broadcast(raw));
    } catch (ChainUnavailable e) {
      return new BroadcastOutcome.Unreachable(e.health().detail());
    }
  }

  /** Whether a coin of ours that it spends was spent by another transaction, and that is buried. */
  private boolean spentForGood(Transaction tx, String txid) {
    Tip tip = reader.tip();
    for (TransactionInput input : tx.getInputs()) {
      int vout = (int) Math.min(input.getOutpoint().index(), Integer.MAX_VALUE);
      Outpoint coin = new Outpoint(input.getOutpoint().hash().toString(), vout);
      Integer height = reader.spentAt(coin, txid);
      if (tip != null && height != null && confirmations(height, tip.height()) >= BURIED) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void listen(ChainListener listener) {
    follower.listen(listener);
  }

  private HistoryItem item(TransactionRow row, int tip) {
    List<HistoryOutput> outputs = new ArrayList<>();
    long paid = 0;
    boolean allOurs = true;
    for (TransactionOutput output : read(row.raw()).getOutputs()) {
      boolean ours = row.ownOutputs().contains(output.getIndex());
      allOurs &= ours;
      paid += output.getValue().value;
      String address = Address.textOf(network(), output.getScriptBytes());
      outputs.add(new HistoryOutput(address == null ? "" : address, output.getValue().value, ours));
    }
    Long fee = row.ownInputs() == row.inputs() ? row.debit() - paid : null;
    String kind = row.ownInputs() == 0 ? "in" : allOurs ? "self" : "out";
    long delta = row.credit() - row.debit();
    int confirmations = confirmations(row.height(), tip);
    return new HistoryItem(
        row.txid(), row.time(), row.height(), confirmations, delta, fee, null, kind, outputs, null);
  }

  private static boolean mature(UnspentRow row, int tip) {
    return !row.coinbase() || confirmations(row.height(), tip) >= COINBASE_MATURITY;
  }

  /** A reader may see a block that came after it read the tip; it counts as the tip then. */
  private static int confirmations(@Nullable Integer height, int tip) {
    return height == null ? 0 : Math.max(1, tip - height + 1);
  }

  private static @Nullable String txidOf(byte[] raw) {
    try {
      return read(raw).getTxId().toString();
    } catch (RuntimeException e) {
      return null; // not a transaction, as the source said
    }
  }

  private static Transaction read(byte[] raw) {
    return Transaction.read(ByteBuffer.wrap(raw));
  }
}
