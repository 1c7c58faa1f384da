package org.trefoil.vault.send;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.sweep.LoneCoin;
import org.trefoil.core.sweep.LoneScript;
import org.trefoil.core.sweep.Sweep;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Fees;
import org.trefoil.core.wire.ForeignCoin;
import org.trefoil.core.wire.ForeignCoins;

/**
 * What lies at the scripts of a key from elsewhere, as the server says it. Each coin's amount and
 * script are checked against the transaction that made it; whether that is in the chain, and that
 * no coin was left out, only the server knows.
 */
public final class ForeignFunds {
  private final ForeignCoins found;
  private final List<LoneCoin> coins = new ArrayList<>();
  private Sats fresh = Sats.ZERO;
  private int blocks;

  /**
   * Checks every coin. Refuses {@code foreign-coins-none}, {@code foreign-coins-new} {blocks} when
   * nothing can be moved yet, {@code foreign-input} and {@code wrong-input-amount}.
   */
  public ForeignFunds(ForeignCoins found, List<LoneScript> scripts) {
    this.found = found;
    for (ForeignCoin said : found.coins()) {
      LoneCoin coin =
          LoneCoin.prove(
              new Outpoint(said.txid(), said.vout()),
              new Sats(said.value()),
              Base64.getDecoder().decode(said.previousTx()),
              scripts);
      if (said.waits() == 0) {
        coins.add(coin);
      } else {
        fresh = fresh.plus(coin.value());
        blocks = Math.max(blocks, said.waits());
      }
    }
    if (coins.isEmpty()) {
      throw blocks == 0
          ? Refusal.of(Token.FOREIGN_COINS_NONE).exception()
          : Refusal.of(Token.FOREIGN_COINS_NEW, "blocks", Integer.toString(blocks)).exception();
    }
  }

  /** The scripts as the server is asked for them. */
  public static List<String> asked(List<LoneScript> scripts) {
    List<String> texts = new ArrayList<>();
    for (LoneScript script : scripts) {
      texts.add(Hex.of(script.scriptPubKey()));
    }
    return texts;
  }

  public List<LoneCoin> coins() {
    return coins;
  }

  public Fees fees() {
    return found.fees();
  }

  /** What can be moved. */
  public Sats total() {
    return sum(coins);
  }

  /** What was mined too lately to be moved. */
  public Sats fresh() {
    return fresh;
  }

  /** Blocks until the last of that can be moved. */
  public int blocks() {
    return blocks;
  }

  /** Coins that had no room in the server's answer. */
  public int left() {
    return found.left();
  }

  /** The coins at one script. */
  public Sats at(LoneScript script) {
    List<LoneCoin> there = new ArrayList<>();
    for (LoneCoin coin : coins) {
      if (coin.script() == script) {
        there.add(coin);
      }
    }
    return sum(there);
  }

  private static Sats sum(List<LoneCoin> coins) {
    Sats sum = Sats.ZERO;
    for (LoneCoin coin : coins) {
      sum = sum.plus(coin.value());
    }
    return sum;
  }

  /** What brings them in at a fee rate; a {@link FieldRefused} says what is wrong with the rate. */
  public List<Sweep> plan(Address to, Wish.Fee fee) {
    return Sweep.plan(coins, to, fee.rate(), Funds.bounds(found.fees()), found.tipHeight());
  }
}
