package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.SpendSize;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.PartialSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtInput;
import org.trefoil.core.psbt.Sighash;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.Sats;

/**
 * Decides whether a transaction does what was asked for, to the satoshi, and nothing else. The
 * vault runs it before it signs, the server runs the same one before it does.
 *
 * <p>It believes the intent, the key set and what its own side knows ({@link Known}); of the PSBT
 * it believes nothing. Every input must be a known coin of exactly the known amount. Every output
 * must be one that was asked for, or the one change output, which must be an address that the key
 * set itself derives on the change branch, near enough to be found again ({@link Known#finds}).
 * Every signature there must be of SIGHASH_ALL. Claims about derivations and scripts may be absent,
 * but not wrong.
 *
 * <p>Limit: a wallet without witnesses ({@code sh}) signs no amounts, so its inputs must come with
 * their whole previous transactions; for wallets with witnesses a wrong amount makes a signature
 * that is worthless.
 */
public final class ProposalCheck {
  private static final long LOCK_TIME_IS_SECONDS = 500_000_000L;

  /** Fields that we do not know are kept, but nobody stores a load of them with us. */
  private static final int MOST_UNUSED_BYTES = 10_000;

  private final Psbt psbt;
  private final UnsignedTx tx;
  private final Intent intent;
  private final OwnScripts own;
  private final Cosigners cosigners;
  private final Known known;
  private final boolean foundFee;

  private ProposalCheck(Psbt psbt, Intent intent, OwnScripts own, Known known, boolean foundFee) {
    this.psbt = psbt;
    this.tx = psbt.unsignedTx();
    this.intent = intent;
    this.own = own;
    this.cosigners = own.cosigners();
    this.known = known;
    this.foundFee = foundFee;
  }

  /** Checks with scripts derived afresh. */
  public static Outcome check(Psbt psbt, Intent intent, Cosigners cosigners, Known known) {
    return check(psbt, intent, new OwnScripts(cosigners), known);
  }

  /** Checks with scripts that were derived from the key set before. */
  public static Outcome check(Psbt psbt, Intent intent, OwnScripts own, Known known) {
    try {
      return new Outcome.Accepted(new ProposalCheck(psbt, intent, own, known, false).run());
    } catch (RefusedException e) {
      return new Outcome.Refused(e.refusal());
    }
  }

  /** As {@link #check}, where the intent was read from the transaction, its fee with it. */
  static CheckedSpend found(Psbt psbt, Intent intent, OwnScripts own, Known known) {
    return new ProposalCheck(psbt, intent, own, known, true).run();
  }

  private CheckedSpend run() {
    Proposals.refuseSenseless(intent, cosigners);
    checkFrame();
    List<Coin> inputs = checkInputs();
    OutputDifference outputs = new OutputDifference(psbt, intent, own, known);
    outputs.refuseAny();
    Sats fee =
        foundFee
            ? FeeCheck.found(tx, inputs, intent, cosigners, known.fees())
            : FeeCheck.check(tx, inputs, outputs.change() != null, intent, own, known.fees());
    return new CheckedSpend(psbt, intent, own, inputs, fee, outputs.change());
  }

  private void checkFrame() {
    if (psbt.unusedBytes() > MOST_UNUSED_BYTES) {
      throw malformed("too-much-unknown");
    }
    if (tx.version() != 2) {
      throw refuse(Token.VERSION_SURPRISE, "version", Integer.toString(tx.version()));
    }
    if (tx.lockTime() >= LOCK_TIME_IS_SECONDS || tx.lockTime() > known.tipHeight()) {
      throw refuse(Token.LOCKTIME_SURPRISE, "locktime", Long.toString(tx.lockTime()));
    }
    int count = tx.inputCount();
    if (count == 0) {
      throw refuse(Token.NOTHING_TO_SEND);
    }
    List<byte[]> scripts = new ArrayList<>(tx.outputs().size());
    for (TxOutput output : tx.outputs()) {
      scripts.add(output.script());
    }
    if (SpendSize.weight(cosigners, count, scripts) > SpendSize.MOST_WEIGHT) {
      String most = Integer.toString(SpendSize.mostInputs(cosigners, scripts));
      throw refuse(Token.TOO_MANY_INPUTS, "count", Integer.toString(count), "most", most);
    }
  }

  private List<Coin> checkInputs() {
    Map<Outpoint, Coin> byOutpoint = new HashMap<>();
    for (Coin coin : known.coins()) {
      byOutpoint.put(coin.outpoint(), coin);
    }
    Set<Outpoint> seen = new HashSet<>();
    List<Coin> coins = new ArrayList<>(tx.inputCount());
    for (int i = 0; i < tx.inputCount(); i++) {
      Outpoint outpoint = tx.outpoint(i);
      if (!seen.add(outpoint)) {
        throw refuse(Token.DUPLICATE_INPUT, "outpoint", outpoint.toString());
      }
      Coin coin = byOutpoint.get(outpoint);
      if (coin == null) {
        throw refuse(Token.FOREIGN_INPUT, "outpoint", outpoint.toString());
      }
      if (tx.sequence(i) != Proposals.SEQUENCE) {
        throw refuse(Token.SEQUENCE_SURPRISE, "input", Integer.toString(i));
      }
      checkInput(i, coin);
      coins.add(coin);
    }
    return coins;
  }

  private void checkInput(int number, Coin coin) {
    PsbtInput input = psbt.inputs().get(number);
    if (input.isFinal()) {
      throw malformed("final-already");
    }
    Integer sighashType = input.sighashType();
    if (sighashType != null && sighashType != Sighash.ALL) {
      throw refuse(Token.SIGHASH_NOT_ALL, "input", Integer.toString(number));
    }
    for (PartialSignature signature : input.partialSignatures()) {
      if (signature.sighashType() != Sighash.ALL) {
        throw refuse(Token.SIGHASH_NOT_ALL, "input", Integer.toString(number));
      }
    }
    if (cosigners.scriptType() == ScriptType.P2SH && !input.hasNonWitnessUtxo()) {
      throw malformed("previous-transaction-missing");
    }
    TxOutput spent = psbt.spentOutput(number);
    OwnScript script = own.at(coin.branch(), coin.index());
    if (!spent.paysTo(script.scriptPubKey())) {
      throw refuse(Token.FOREIGN_INPUT, "outpoint", coin.outpoint().toString());
    }
    if (!spent.value().equals(coin.value())) {
      throw refuse(
          Token.WRONG_INPUT_AMOUNT,
          "outpoint",
          coin.outpoint().toString(),
          "known",
          coin.value().display(),
          "claimed",
          spent.value().display());
    }
    if (!script.agrees(input.redeemScript(), input.witnessScript(), input.derivations())) {
      throw malformed("input-claims-wrong");
    }
  }

  private static RefusedException malformed(String reason) {
    return refuse(Token.PSBT_MALFORMED, "reason", reason);
  }

  private static RefusedException refuse(Token token, String... data) {
    return Refusal.of(token, data).exception();
  }
}
