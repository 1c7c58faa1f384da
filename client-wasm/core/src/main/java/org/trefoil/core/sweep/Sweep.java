package org.trefoil.core.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Dust;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.SpendSize;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.psbt.Sighash;
import org.trefoil.core.psbt.Signatures;
import org.trefoil.core.psbt.SignedTx;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

/**
 * One transaction that brings coins of a single key to one address, all of them less the fee. Its
 * coins are proved, so what it pays and costs is what it says.
 */
public final class Sweep {
  /** Replaceable, and the lock time counts. */
  private static final int SEQUENCE = 0xfffffffd;

  private final List<LoneCoin> coins;
  private final UnsignedTx tx;
  private final Sighash sighash;
  private final Sats amount;
  private final Sats fee;
  private final FeeRate rate;

  private Sweep(List<LoneCoin> coins, TxOutput output, Sats fee, FeeRate rate, int lockTime) {
    List<LoneCoin> sorted = new ArrayList<>(coins);
    sorted.sort(Comparator.comparing(LoneCoin::outpoint));
    List<Outpoint> outpoints = new ArrayList<>();
    for (LoneCoin coin : sorted) {
      outpoints.add(coin.outpoint());
    }
    this.coins = List.copyOf(sorted);
    this.tx = UnsignedTx.of(outpoints, SEQUENCE, List.of(output), lockTime);
    this.sighash = new Sighash(tx);
    this.amount = output.value();
    this.fee = fee;
    this.rate = rate;
  }

  /**
   * As few transactions as bring in every coin that is worth its fee, those with the largest coins
   * first. Refuses {@code foreign-coins-dust} {have} when none is, {@code fee-too-low} and {@code
   * fee-too-high}.
   */
  public static List<Sweep> plan(
      List<LoneCoin> coins, Address to, FeeRate rate, FeeBounds bounds, int lockTime) {
    List<LoneCoin> sorted = new ArrayList<>(coins);
    sorted.sort(
        Comparator.comparingLong((LoneCoin coin) -> -coin.value().value())
            .thenComparing(LoneCoin::outpoint));
    byte[] script = to.scriptPubKey();
    List<Sweep> sweeps = new ArrayList<>();
    List<LoneCoin> round = new ArrayList<>();
    for (LoneCoin coin : sorted) {
      long cost = rate.feeFor((coin.script().inputWeight() + 3) / 4).value();
      if (coin.value().value() > cost) {
        round.add(coin);
        if (weight(round, script) > SpendSize.MOST_WEIGHT) {
          round.remove(round.size() - 1);
          add(sweeps, round, script, rate, bounds, lockTime);
          round.clear();
          round.add(coin);
        }
      }
    }
    add(sweeps, round, script, rate, bounds, lockTime);
    if (sweeps.isEmpty()) {
      throw Refusal.of(Token.FOREIGN_COINS_DUST, "have", sum(coins).display()).exception();
    }
    return sweeps;
  }

  /** Adds what brings the coins in, unless that would be dust. */
  private static void add(
      List<Sweep> sweeps,
      List<LoneCoin> coins,
      byte[] script,
      FeeRate rate,
      FeeBounds bounds,
      int lockTime) {
    if (coins.isEmpty()) {
      return;
    }
    long vbytes = (weight(coins, script) + 3) / 4;
    Sats fee = rate.feeFor(vbytes);
    long amount = sum(coins).value() - fee.value();
    if (amount >= Dust.least(script).value()) {
      bounds.refuseOutside(fee.value(), vbytes, new Sats(amount));
      sweeps.add(new Sweep(coins, new TxOutput(new Sats(amount), script), fee, rate, lockTime));
    }
  }

  private static long weight(List<LoneCoin> coins, byte[] script) {
    long outputs = 1 + SpendSize.outputBytes(script.length);
    long weight = 4 * (4 + (coins.size() < 0xfd ? 1 : 3) + outputs + 4) + 2;
    for (LoneCoin coin : coins) {
      weight += coin.script().inputWeight();
    }
    return weight;
  }

  private static Sats sum(List<LoneCoin> coins) {
    Sats sum = Sats.ZERO;
    for (LoneCoin coin : coins) {
      sum = sum.plus(coin.value());
    }
    return sum;
  }

  /** The coins, in the order of the inputs. */
  public List<LoneCoin> coins() {
    return coins;
  }

  /** What arrives. */
  public Sats amount() {
    return amount;
  }

  public Sats fee() {
    return fee;
  }

  /** The rate that was asked for. */
  public FeeRate rate() {
    return rate;
  }

  /** The 32 bytes that the key signs for an input: with SIGHASH_ALL, and no other. */
  public byte[] sighash(int input) {
    LoneCoin coin = coins.get(input);
    byte[] code = coin.script().scriptCode();
    return coin.script().witness()
        ? sighash.segwit(input, code, coin.value())
        : sighash.legacy(input, code);
  }

  /**
   * The signed transaction. Refuses {@code signature-wrong} {input}.
   *
   * @param signatures one for each input, DER with the sighash byte
   */
  public SignedTx finish(List<byte[]> signatures) {
    List<byte @Nullable []> scriptSigs = new ArrayList<>();
    List<byte @Nullable []> witnesses = new ArrayList<>();
    for (int i = 0; i < coins.size(); i++) {
      LoneScript script = coins.get(i).script();
      byte[] signature = signatures.get(i);
      if (!Signatures.right(signature, sighash(i), script.publicKey())) {
        throw Refusal.of(Token.SIGNATURE_WRONG, "input", Integer.toString(i)).exception();
      }
      scriptSigs.add(script.scriptSig(signature));
      witnesses.add(script.witness(signature));
    }
    return SignedTx.of(tx, scriptSigs, witnesses);
  }
}
