package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.CoinSelector;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.Selection;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtDraft;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.Sats;

/**
 * Builds the transaction that does what a person asked for: version 2, every input replaceable
 * (BIP-0125, sequence fffffffd), inputs and outputs in BIP-0069's order, which tells nobody which
 * output is the change.
 */
public final class Proposals {
  /** The sequence number of every input: replaceable, and the lock time counts. */
  public static final long SEQUENCE = 0xfffffffdL;

  private Proposals() {}

  /** As {@link #build(OwnScripts, List, Intent, int, int, Map)}, for wallets with witnesses. */
  public static Proposal build(
      Cosigners cosigners, List<Coin> coins, Intent intent, int changeIndex, int lockTime) {
    return build(new OwnScripts(cosigners), coins, intent, changeIndex, lockTime, Map.of());
  }

  /** As {@link #build(OwnScripts, List, Intent, int, int, Map)}, for wallets with witnesses. */
  public static Proposal build(
      OwnScripts own, List<Coin> coins, Intent intent, int changeIndex, int lockTime) {
    return build(own, coins, intent, changeIndex, lockTime, Map.of());
  }

  /**
   * Chooses coins and writes the PSBT. Refuses with {@code nothing-to-send}, {@code other-network},
   * {@code dust}, {@code insufficient-funds} {have, need, fee} or {@code too-many-inputs}.
   *
   * @param coins what the wallet has
   * @param changeIndex the next unused number on the change branch
   * @param lockTime the height from which the transaction counts, usually the chain's
   * @param previous whole transactions by id, for a wallet without witnesses alone: its signatures
   *     do not commit to amounts, so its PSBT carries those that coins come from. With witnesses
   *     the outputs are enough, however large the transactions around them
   */
  public static Proposal build(
      OwnScripts own,
      List<Coin> coins,
      Intent intent,
      int changeIndex,
      int lockTime,
      Map<String, byte[]> previous) {
    refuseSenseless(intent, own.cosigners());
    Selection.Selected selected = select(own, coins, intent);
    Intent filled = intent.everything() ? withAmount(intent, selected.sent()) : intent;
    return write(own, filled, selected, changeIndex, lockTime, previous);
  }

  /** Writes the PSBT of an intent whose amounts are known, over coins that were chosen for it. */
  static Proposal write(
      OwnScripts own,
      Intent filled,
      Selection.Selected selected,
      int changeIndex,
      int lockTime,
      Map<String, byte[]> previous) {
    List<TxOutput> outputs = payments(filled);
    Sats changeAmount = selected.change();
    OwnScript change = null;
    TxOutput changeOutput = null;
    if (changeAmount != null) {
      change = own.at(Cosigners.CHANGE, changeIndex);
      changeOutput = new TxOutput(changeAmount, change.scriptPubKey());
      outputs.add(changeOutput);
    }
    outputs.sort(Comparator.naturalOrder());
    List<Outpoint> outpoints = new ArrayList<>(selected.inputs().size());
    for (Coin coin : selected.inputs()) {
      outpoints.add(coin.outpoint());
    }
    UnsignedTx tx = UnsignedTx.of(outpoints, (int) SEQUENCE, outputs, lockTime);
    Psbt psbt = describe(tx, own, selected.inputs(), change, changeOutput, previous);
    Change back = changeAmount == null ? null : new Change(changeIndex, changeAmount);
    return new Proposal(psbt, filled, selected.inputs(), selected.fee(), back);
  }

  /** Refuses an intent that no transaction can carry out. */
  static void refuseSenseless(Intent intent, Cosigners cosigners) {
    List<Recipient> recipients = intent.recipients();
    if (intent.total().isZero() && !intent.everything()) {
      throw Refusal.of(Token.NOTHING_TO_SEND).exception();
    }
    if (recipients.isEmpty() || (intent.everything() && recipients.size() != 1)) {
      throw Refusal.of(Token.NOTHING_TO_SEND).exception();
    }
    for (Recipient recipient : recipients) {
      if (recipient.address().network() != cosigners.network()) {
        throw Refusal.of(
                Token.OTHER_NETWORK,
                "address",
                recipient.address().text(),
                "network",
                cosigners.network().id())
            .exception();
      }
      if (!intent.everything() && recipient.amount().isZero()) {
        throw Refusal.of(Token.NOTHING_TO_SEND).exception();
      }
    }
  }

  private static Selection.Selected select(OwnScripts own, List<Coin> coins, Intent intent) {
    Cosigners cosigners = own.cosigners();
    Selection selection =
        intent.everything()
            ? CoinSelector.everything(
                coins,
                intent.recipients().get(0).address().scriptPubKey(),
                intent.feeRate(),
                cosigners)
            : CoinSelector.select(
                coins, payments(intent), own.anyScript(), intent.feeRate(), cosigners);
    if (selection instanceof Selection.NotSelected not) {
      throw not.refusal().exception();
    }
    return (Selection.Selected) selection;
  }

  private static Intent withAmount(Intent intent, Sats amount) {
    Recipient recipient = intent.recipients().get(0);
    return new Intent(List.of(new Recipient(recipient.address(), amount)), true, intent.feeRate());
  }

  static List<TxOutput> payments(Intent intent) {
    List<TxOutput> outputs = new ArrayList<>();
    for (Recipient recipient : intent.recipients()) {
      outputs.add(new TxOutput(recipient.amount(), recipient.address().scriptPubKey()));
    }
    return outputs;
  }

  /** The PSBT of a transaction over the wallet's coins, with all that a signer wants to know. */
  static Psbt describe(
      UnsignedTx tx,
      OwnScripts own,
      List<Coin> inputs,
      @Nullable OwnScript change,
      @Nullable TxOutput changeOutput,
      Map<String, byte[]> previous) {
    boolean witness = own.cosigners().scriptType() != ScriptType.P2SH;
    PsbtDraft draft = new PsbtDraft(tx);
    for (Coin coin : inputs) {
      OwnScript script = own.at(coin.branch(), coin.index());
      draft.input(
          witness ? null : previous.get(coin.outpoint().txid()),
          witness ? new TxOutput(coin.value(), script.scriptPubKey()) : null,
          script.redeemScript(),
          script.witnessScript(),
          script.derivations());
    }
    OwnScript undescribed = change;
    for (TxOutput output : tx.outputs()) {
      if (undescribed != null && output.equals(changeOutput)) {
        draft.output(
            undescribed.redeemScript(), undescribed.witnessScript(), undescribed.derivations());
        undescribed = null;
      } else {
        draft.output();
      }
    }
    return draft.finish();
  }
}
