package org.trefoil.server.sweep;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinj.core.Transaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Hex;
import org.trefoil.core.wire.ForeignCoins;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.CoinFinder;
import org.trefoil.server.chain.FoundOutput;
import org.trefoil.server.durable.Ids;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/**
 * Brings coins of another key into a wallet: says what lies at the key's scripts, and takes the
 * transactions that the owner's vault signed. One is on disk before it is handed over, and handed
 * over again and again until the chain has it.
 */
public final class Sweeps implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);
  private static final int MOST_SCRIPTS = 8;
  private static final int LONGEST_SCRIPT = 67;
  private static final int BURIED = 6;
  private static final int BATCH = 50;
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final Duration LATER = Duration.ofMinutes(10);
  private static final Duration GIVEN_UP = Duration.ofDays(14);

  private final SweepStore store;
  private final Wallets wallets;
  private final ChainIndex chain;
  private final @Nullable CoinFinder finder;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;
  private final SecureRandom random;
  private final CoinSearch search = new CoinSearch();

  /** {@code finder} is null where nobody can look for such coins. */
  public Sweeps(
      SweepStore store,
      Wallets wallets,
      ChainIndex chain,
      @Nullable CoinFinder finder,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.wallets = wallets;
    this.chain = chain;
    this.finder = finder;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
  }

  /** Whether coins of other keys can be looked for here. */
  public boolean possible() {
    return finder != null;
  }

  /**
   * What lies at these scripts, or how far the search for it is: the same question again and again
   * until it is answered. Refuses {@code foreign-coins-unknown}, {@code search-busy}, {@code
   * chain-unavailable} and {@code wrong-value}.
   *
   * @param scripts in hexadecimal
   */
  public ForeignCoins search(String accountId, String walletId, List<String> scripts) {
    wallets.active(accountId, walletId);
    CoinFinder source = finder();
    if (!chain.health().fine()) {
      throw chain.health().refusal().exception();
    }
    List<byte[]> wanted = scripts(scripts);
    String by = accountId + " " + String.join(" ", scripts);
    CoinSearch.Found found = search.ask(by, source, wanted, chain.tip());
    return found == null
        ? new ForeignCoins(true, source.percent(), List.of(), 0, chain.fees(), 0)
        : new ForeignCoins(
            false, 100, found.coins(), found.left(), chain.fees(), chain.tip().height());
  }

  private CoinFinder finder() {
    CoinFinder source = finder;
    if (source == null) {
      throw Refusal.of(Token.FOREIGN_COINS_UNKNOWN).exception();
    }
    return source;
  }

  private static List<byte[]> scripts(List<String> texts) {
    List<byte[]> scripts = new ArrayList<>();
    for (String text : texts) {
      boolean fits = !text.isEmpty() && text.length() <= 2 * LONGEST_SCRIPT;
      try {
        scripts.add(Hex.parse(fits ? text : "?"));
      } catch (IllegalArgumentException e) {
        throw Refusal.of(Token.WRONG_VALUE, "field", "scripts").exception();
      }
    }
    if (scripts.isEmpty() || scripts.size() > MOST_SCRIPTS) {
      throw Refusal.of(Token.WRONG_VALUE, "field", "scripts").exception();
    }
    return scripts;
  }

  /**
   * Takes a signed transaction and hands it to the network; the same again answers the same. It
   * must pay one output, to an address of the wallet that was handed out lately, out of coins that
   * are unspent, at a fee within bounds. Whether its signatures are right the network judges.
   * Refuses {@code sweep-elsewhere}, {@code coins-taken}, {@code fee-too-high}, {@code
   * fee-too-low}, {@code sweep-refused} {reason}, {@code psbt-malformed} and those of {@link
   * #search}.
   *
   * @return its id
   */
  public String take(String accountId, String walletId, byte[] raw) {
    WalletRecord wallet = wallets.active(accountId, walletId);
    PreviousTx tx = PreviousTx.parse(raw);
    Optional<SweepRecord> known = store.find(walletId, tx.txid());
    if (known.isEmpty()) {
      check(wallet, raw, tx);
      known = Optional.of(keep(accountId, walletId, tx.txid(), raw));
    }
    SweepRecord sweep = known.orElseThrow();
    if (!sweep.delivered()) {
      String refused = handOver(sweep);
      if (refused != null) {
        throw Refusal.of(Token.SWEEP_REFUSED, "reason", refused).exception();
      }
    }
    return sweep.txid();
  }

  private void check(WalletRecord wallet, byte[] raw, PreviousTx tx) {
    if (tx.outputs().size() != 1 || !pays(tx.outputs().get(0), wallet)) {
      throw Refusal.of(Token.SWEEP_ELSEWHERE).exception();
    }
    List<Outpoint> spent = PreviousTx.spent(raw);
    Map<Outpoint, FoundOutput> unspent;
    try {
      unspent = finder().unspent(spent);
    } catch (ChainUnavailable e) {
      throw e.health().refusal().exception();
    }
    long fee = -tx.outputs().get(0).value().value();
    for (Outpoint outpoint : spent) {
      FoundOutput coin = unspent.remove(outpoint);
      if (coin == null) {
        throw Refusal.of(Token.COINS_TAKEN).exception();
      }
      fee = Math.addExact(fee, coin.value().value());
    }
    FeeRate floor = new FeeRate(Math.min(chain.fees().floor(), FeeBounds.CEILING));
    FeeBounds.of(floor, new FeeRate(FeeBounds.CEILING))
        .refuseOutside(fee, vsize(raw), tx.outputs().get(0).value());
  }

  private static long vsize(byte[] raw) {
    return Transaction.read(ByteBuffer.wrap(raw)).getVsize();
  }

  private static boolean pays(TxOutput output, WalletRecord wallet) {
    Cosigners cosigners = wallet.cosigners();
    int last = wallet.handedOut() - 1;
    for (int index = last; index >= 0 && index >= last - Cosigners.GAP; index--) {
      if (Arrays.equals(output.script(), cosigners.scriptPubKey(Cosigners.RECEIVE, index))) {
        return true;
      }
    }
    return false;
  }

  private SweepRecord keep(String accountId, String walletId, String txid, byte[] raw) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    SweepRecord sweep = new SweepRecord(Ids.random(random), walletId, txid, raw, now, false, 0);
    return transactions.run(
        () -> {
          wallets.lockActive(accountId, walletId);
          if (!store.add(sweep)) {
            return store.find(walletId, txid).orElseThrow();
          }
          audit.note(AuditKind.SWEEP_TAKEN, accountId, walletId, txid);
          return sweep;
        });
  }

  /** Hands it over; why the network does not take it and nobody ever had it, or null. */
  private @Nullable String handOver(SweepRecord sweep) {
    BroadcastOutcome outcome = chain.broadcast(sweep.rawTx());
    Instant now = clock.instant();
    if (outcome.delivered()) {
      store.delivered(sweep.sweepId(), now.plus(AGAIN));
      return null;
    }
    if (outcome instanceof BroadcastOutcome.Rejected rejected && chain.health().fine()) {
      String reason = shortened(rejected.reason());
      if (!sweep.delivered()) {
        store.remove(sweep.sweepId());
      } else if (sweep.createdAt().plus(GIVEN_UP).isAfter(now)) {
        store.tried(sweep.sweepId(), now.plus(LATER)); // others may still have it
        return null;
      } else {
        store.ended(sweep.sweepId());
      }
      audit.note(AuditKind.SWEEP_REFUSED, null, sweep.sweepId(), reason);
      return reason;
    }
    store.tried(sweep.sweepId(), now.plusSeconds(2L << Math.min(sweep.tries(), 8)));
    return null;
  }

  /** Takes up whatever is due. */
  public void lookAfterDue() {
    for (SweepRecord sweep : store.due(clock.instant(), BATCH)) {
      try {
        lookAfter(sweep);
      } catch (RefusedException | ChainUnavailable e) {
        LOG.warn("Sweep {} could not be looked after", sweep.sweepId(), e);
      }
    }
  }

  private void lookAfter(SweepRecord sweep) {
    int confirmations = chain.confirmations(sweep.walletId(), sweep.txid());
    if (confirmations >= BURIED) {
      store.ended(sweep.sweepId());
    } else if (confirmations >= 0) {
      Duration wait = confirmations == 0 ? AGAIN : LATER;
      store.delivered(sweep.sweepId(), clock.instant().plus(wait));
    } else {
      handOver(sweep);
    }
  }

  private static String shortened(String reason) {
    StringBuilder out = new StringBuilder();
    reason.codePoints().filter(c -> c >= 0x20 && c < 0x7f).limit(160).forEach(out::appendCodePoint);
    return out.toString();
  }

  @Override
  public void close() {
    search.close();
  }
}
