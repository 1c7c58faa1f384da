package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.SpendSize;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.Sighash;
import org.trefoil.core.units.Sats;

/**
 * A transaction that does what was asked for. Only {@link ProposalCheck} makes one, so whoever
 * holds one holds something that was checked; keys are used on nothing else.
 */
public final class CheckedSpend {
  private final Psbt psbt;
  private final Intent intent;
  private final OwnScripts own;
  private final List<Coin> inputs;
  private final Sats fee;
  private final @Nullable Change change;
  private @Nullable Sighash sighash;

  CheckedSpend(
      Psbt psbt,
      Intent intent,
      OwnScripts own,
      List<Coin> inputs,
      Sats fee,
      @Nullable Change change) {
    this.psbt = psbt;
    this.intent = intent;
    this.own = own;
    this.inputs = List.copyOf(inputs);
    this.fee = fee;
    this.change = change;
  }

  /** The PSBT that was checked, with whatever signatures were in it. */
  public Psbt psbt() {
    return psbt;
  }

  public Intent intent() {
    return intent;
  }

  /** The key set that it spends from. */
  public Cosigners cosigners() {
    return own.cosigners();
  }

  /** The coins it spends, in the transaction's order. */
  public List<Coin> inputs() {
    return inputs;
  }

  public List<Recipient> recipients() {
    return intent.recipients();
  }

  public Sats fee() {
    return fee;
  }

  /** What comes back to the wallet, null when nothing does. */
  public @Nullable Change change() {
    return change;
  }

  /** Virtual bytes of the signed transaction, at most. */
  public long vsize() {
    List<byte[]> scripts = new ArrayList<>();
    for (TxOutput output : psbt.unsignedTx().outputs()) {
      scripts.add(output.script());
    }
    return SpendSize.vbytes(own.cosigners(), inputs.size(), scripts);
  }

  /** Whether a recipient is one of the wallet's own addresses, up to these many on each branch. */
  public boolean recipientIsOurs(int recipient, int receiveCount, int changeCount) {
    byte[] script = intent.recipients().get(recipient).address().scriptPubKey();
    return own.contains(script, receiveCount, changeCount);
  }

  /**
   * Whether all of it, less the fee, comes back to one of the wallet's change addresses.
   *
   * @param changeIndex the next unused number on the change branch; the address is near it
   */
  public boolean comesBack(int changeIndex) {
    return intent.everything()
        && own.isChangeNear(intent.recipients().get(0).address().scriptPubKey(), changeIndex);
  }

  /** The 32 bytes that a signature of an input signs, SIGHASH_ALL. */
  public byte[] sighash(int input) {
    Sighash prepared = sighash;
    if (prepared == null) {
      prepared = new Sighash(psbt.unsignedTx());
      sighash = prepared;
    }
    Coin coin = inputs.get(input);
    byte[] script = script(input).multisig();
    return own.cosigners().scriptType() == ScriptType.P2SH
        ? prepared.legacy(input, script)
        : prepared.segwit(input, script, coin.value());
  }

  /** The key, 33 bytes, with which a role signs an input. */
  public byte[] publicKey(int input, KeyRole role) {
    return script(input).publicKey(role).clone();
  }

  /** Names this transaction, see {@link SpendDigest}. */
  public byte[] digest() {
    List<Sats> amounts = new ArrayList<>();
    for (Coin coin : inputs) {
      amounts.add(coin.value());
    }
    return SpendDigest.of(psbt.unsignedTx(), amounts);
  }

  /** Four words from the digest's first 44 bits, for people to compare. */
  public List<String> digestWords() {
    return EnglishWords.of(digest(), 4);
  }

  private OwnScript script(int input) {
    Coin coin = inputs.get(input);
    return own.at(coin.branch(), coin.index());
  }
}
