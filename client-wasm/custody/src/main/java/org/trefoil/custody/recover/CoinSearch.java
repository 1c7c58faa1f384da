package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;
import org.trefoil.custody.recover.FoundCoins.FoundCoin;
import org.trefoil.custody.recover.FoundCoins.Unusable;
import org.trefoil.custody.recover.FoundCoins.Why;
import org.trefoil.custody.slices.SlicedWork;

/**
 * Finds the wallet's coins among those that were named, on every address that it can ever have
 * used: far beyond the gap at which other wallets stop looking. It derives no further than until
 * every script in question is known.
 *
 * <p>A transaction that made a coin is its proof: amounts are taken from it, and a source that
 * names another one is refused. Without it the source's word counts; for wallets with witnesses a
 * wrong amount makes a worthless signature and no more.
 */
public final class CoinSearch implements SlicedWork<FoundCoins> {
  private static final int INDEXES_A_SLICE = 8;
  private static final int MATURE = 100;

  private final OwnPlaces places;
  private final Map<Outpoint, NamedCoin> named = new LinkedHashMap<>();
  private final Map<String, byte[]> transactions = new HashMap<>();
  private final Set<Outpoint> spent = new HashSet<>();
  private final Set<Outpoint> listed = new HashSet<>();
  private final Set<String> wanted = new HashSet<>();
  private final boolean anyList;

  private CoinSearch(OwnPlaces places, List<CoinReport> reports) {
    this.places = places;
    boolean list = false;
    for (CoinReport report : reports) {
      transactions.putAll(report.transactions());
      list |= report.isList();
      for (NamedCoin coin : report.coins()) {
        NamedCoin before = named.get(coin.outpoint());
        named.put(coin.outpoint(), before == null ? coin : before.and(coin));
        if (report.isList()) {
          listed.add(coin.outpoint());
        }
      }
    }
    anyList = list;
    for (byte[] transaction : transactions.values()) {
      spent.addAll(PreviousTx.spent(transaction));
    }
    named.replaceAll((outpoint, coin) -> proved(coin));
    for (NamedCoin coin : named.values()) {
      byte[] script = coin.script();
      // Beside a list, the other outputs of its coins' transactions are in nobody's question.
      boolean asked = !anyList || listed.contains(coin.outpoint());
      if (asked && script != null && places.couldHold(script)) {
        wanted.add(Hex.of(script));
      }
    }
  }

  /**
   * Begins. Refuses {@code wrong-input-amount} {outpoint, known, claimed} where a source
   * contradicts a transaction.
   */
  public static CoinSearch begin(OwnPlaces places, List<CoinReport> reports) {
    return new CoinSearch(places, reports);
  }

  /** The coin as its transaction has it, where that is at hand; with its script, if one is said. */
  private NamedCoin proved(NamedCoin coin) {
    byte[] transaction = transactions.get(coin.outpoint().txid());
    if (transaction == null) {
      return coin.script() == null ? withScriptOfAddress(coin) : coin;
    }
    List<TxOutput> outputs = PreviousTx.parse(transaction).outputs();
    if (coin.outpoint().vout() >= outputs.size()) {
      throw Refusal.of(Token.FOREIGN_INPUT, "outpoint", coin.outpoint().toString()).exception();
    }
    TxOutput output = outputs.get(coin.outpoint().vout());
    Sats amount = coin.amount();
    if (amount != null && !amount.equals(output.value())) {
      throw Refusal.of(
              Token.WRONG_INPUT_AMOUNT,
              "outpoint",
              coin.outpoint().toString(),
              "known",
              output.value().display(),
              "claimed",
              amount.display())
          .exception();
    }
    return new NamedCoin(
        coin.outpoint(),
        output.value(),
        output.script(),
        coin.address(),
        coin.confirmations(),
        coin.coinbase());
  }

  private NamedCoin withScriptOfAddress(NamedCoin coin) {
    String address = coin.address();
    if (address == null) {
      return coin;
    }
    try {
      byte[] script = Address.parse(address, places.cosigners().network()).scriptPubKey();
      return new NamedCoin(
          coin.outpoint(), coin.amount(), script, address, coin.confirmations(), coin.coinbase());
    } catch (RefusedException e) {
      return coin; // an address of no wallet of this network: not ours
    }
  }

  @Override
  public boolean step() {
    for (int i = 0; i < INDEXES_A_SLICE && !isDone(); i++) {
      wanted.removeAll(places.deriveNext());
    }
    return !isDone();
  }

  private boolean isDone() {
    return wanted.isEmpty() || places.isWhole();
  }

  @Override
  public int percent() {
    return isDone() ? 100 : 100 * places.derived() / (Cosigners.MOST_INDEX + 1);
  }

  @Override
  public FoundCoins finish() {
    if (!isDone()) {
      throw new IllegalStateException("slices left");
    }
    List<FoundCoin> coins = new ArrayList<>();
    List<Unusable> unusable = new ArrayList<>();
    for (NamedCoin coin : named.values()) {
      byte[] script = coin.script();
      OwnPlaces.Place place = script == null ? null : places.find(Hex.of(script));
      if (place == null) {
        if (listed.contains(coin.outpoint())) {
          boolean noScript = script == null && coin.address() == null;
          unusable.add(unusable(coin, noScript ? Why.NO_ADDRESS_NAMED : Why.NOT_OURS));
        }
        continue; // the other outputs of a payment to us are nobody's claim on us
      }
      Why why = why(coin);
      Sats amount = coin.amount();
      if (why != null || amount == null) {
        unusable.add(unusable(coin, why == null ? Why.TRANSACTION_NEEDED : why));
      } else {
        coins.add(found(coin, amount, place));
      }
    }
    return new FoundCoins(places.scripts(), coins, unusable, transactions);
  }

  private @Nullable Why why(NamedCoin coin) {
    boolean proof = transactions.containsKey(coin.outpoint().txid());
    if (spent.contains(coin.outpoint())) {
      return Why.SPENT;
    }
    if (anyList && !listed.contains(coin.outpoint())) {
      return Why.NOT_IN_LIST;
    }
    if (coin.coinbase() && coin.confirmations() < MATURE) {
      return Why.IMMATURE;
    }
    return places.cosigners().scriptType() == ScriptType.P2SH && !proof
        ? Why.TRANSACTION_NEEDED
        : null;
  }

  private FoundCoin found(NamedCoin coin, Sats amount, OwnPlaces.Place place) {
    // Whoever recovers a wallet may spend what waits: it is shown that it does.
    Coin own =
        new Coin(
            coin.outpoint(),
            amount,
            place.branch(),
            place.index(),
            Math.max(1, coin.confirmations()),
            false);
    return new FoundCoin(
        own,
        places.cosigners().address(place.branch(), place.index()),
        transactions.containsKey(coin.outpoint().txid()),
        coin.confirmations() == 0);
  }

  private Unusable unusable(NamedCoin coin, Why why) {
    byte[] script = coin.script();
    String address = coin.address();
    if (script != null) {
      address = Address.textOf(places.cosigners().network(), script);
    }
    return new Unusable(coin.outpoint(), coin.amount(), address, why);
  }

  @Override
  public void close() {
    // Holds nothing that is secret.
  }
}
