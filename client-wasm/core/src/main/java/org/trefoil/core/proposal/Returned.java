package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.PartialSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.Signatures;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/**
 * A PSBT that comes back from another signer. Of all that it says, its transaction and its
 * signatures are used and nothing else: they are put onto a description of our own, since signers
 * leave out, add and reorder the rest as they like.
 */
public final class Returned {
  private static final int MOST_OUTPUTS = 5_000;

  private final Psbt psbt;
  private final UnsignedTx tx;

  private Returned(Psbt psbt) {
    this.psbt = psbt;
    this.tx = psbt.unsignedTx();
  }

  /** Takes what was read. Refuses {@code spend-complete} where an input is finished already. */
  public static Returned of(Psbt psbt) {
    for (int i = 0; i < psbt.inputs().size(); i++) {
      if (psbt.inputs().get(i).isFinal()) {
        throw Refusal.of(Token.SPEND_COMPLETE).exception();
      }
    }
    return new Returned(psbt);
  }

  /**
   * The signatures of the wallet's keys on a spend of ours. Refuses {@code other-spend} unless it
   * is the very same transaction, {@code not-signed-yet}, {@code spend-complete} when as many keys
   * have signed as the wallet asks for, and whatever {@link HalfSigned#verify} refuses.
   */
  public HalfSigned on(CheckedSpend spend) {
    refuseOther(spend);
    List<InputSignature> signatures = new ArrayList<>();
    for (int i = 0; i < psbt.inputs().size(); i++) {
      for (PartialSignature signature : psbt.inputs().get(i).partialSignatures()) {
        signatures.add(new InputSignature(i, signature));
      }
    }
    if (signatures.isEmpty()) {
      throw Refusal.of(Token.NOT_SIGNED_YET).exception();
    }
    Psbt signed = spend.psbt().withSignatures(signatures);
    refuseComplete(spend, signed);
    return HalfSigned.byPerson(spend, signed, PublicCurve.EVERYWHERE);
  }

  /**
   * The signatures that it adds to those that are known already; of keys that have signed before,
   * what was known stays. Refuses as {@link #on} does, {@code not-signed-yet} when it adds none.
   */
  public HalfSigned onto(HalfSigned known) {
    CheckedSpend spend = known.spend();
    refuseOther(spend);
    List<InputSignature> added = new ArrayList<>();
    for (CosignerKey key : spend.cosigners().keys()) {
      if (key.role() != KeyRole.SERVER && !known.by().contains(key.role())) {
        for (int i = 0; i < psbt.inputs().size(); i++) {
          byte[] its = spend.publicKey(i, key.role());
          for (PartialSignature signature : psbt.inputs().get(i).partialSignatures()) {
            if (Arrays.equals(signature.publicKey(), its)) {
              added.add(new InputSignature(i, signature));
            }
          }
        }
      }
    }
    if (added.isEmpty()) {
      throw Refusal.of(Token.NOT_SIGNED_YET).exception();
    }
    Psbt signed = known.psbt().withSignatures(added);
    refuseComplete(spend, signed);
    return HalfSigned.byPerson(spend, signed, PublicCurve.EVERYWHERE);
  }

  private void refuseOther(CheckedSpend spend) {
    if (!tx.equals(spend.psbt().unsignedTx())) {
      throw Refusal.of(Token.OTHER_SPEND).exception();
    }
  }

  /** Refuses when enough keys but the server's have signed every input. */
  private static void refuseComplete(CheckedSpend spend, Psbt signed) {
    int whole = 0;
    for (CosignerKey key : spend.cosigners().keys()) {
      boolean all = key.role() != KeyRole.SERVER;
      for (int i = 0; i < signed.inputs().size() && all; i++) {
        all = by(spend, i, key.role(), signed.inputs().get(i).partialSignatures());
      }
      whole += all ? 1 : 0;
    }
    if (whole >= spend.cosigners().threshold()) {
      throw Refusal.of(Token.SPEND_COMPLETE).exception();
    }
  }

  private static boolean by(
      CheckedSpend spend, int input, KeyRole role, List<PartialSignature> signatures) {
    byte[] key = spend.publicKey(input, role);
    for (PartialSignature signature : signatures) {
      if (Arrays.equals(signature.publicKey(), key)) {
        return Signatures.right(signature.signature(), spend.sighash(input), key);
      }
    }
    return false;
  }

  /**
   * What the transaction does with these coins, for a place that did not hand it out: its outputs
   * are recipients, but for the one that comes back on the change branch. Nothing is checked yet;
   * that is {@link ProposalCheck}'s. Refuses {@code foreign-input}, and {@code psbt-malformed}
   * where an output has no address.
   *
   * @param coins what the wallet has
   * @param changeIndex the next unused number on the change branch
   * @param previous as {@link Proposals#build(OwnScripts, List, Intent, int, int, Map)} takes it
   */
  public Proposal read(
      OwnScripts own, List<Coin> coins, int changeIndex, Map<String, byte[]> previous) {
    List<Coin> inputs = inputs(coins);
    List<TxOutput> outputs = tx.outputs();
    if (outputs.size() > MOST_OUTPUTS) {
      throw malformed("too-many-outputs");
    }
    Network network = own.cosigners().network();
    List<Recipient> recipients = new ArrayList<>();
    OwnScript change = null;
    TxOutput changeOutput = null;
    long fee = 0;
    for (Coin coin : inputs) {
      fee = Math.addExact(fee, coin.value().value());
    }
    for (TxOutput output : outputs) {
      fee -= output.value().value();
      OwnScript back =
          change == null && outputs.size() > 1
              ? own.changeNear(output.script(), changeIndex)
              : null;
      if (back != null) {
        change = back;
        changeOutput = output;
      } else if (Address.textOf(network, output.script()) == null) {
        throw malformed("output-without-address");
      } else {
        recipients.add(new Recipient(Address.ofScript(network, output.script()), output.value()));
      }
    }
    FeeRate rate = FeeCheck.rate(tx, inputs, own.cosigners());
    Psbt described = Proposals.describe(tx, own, inputs, change, changeOutput, previous);
    Change back =
        change == null || changeOutput == null
            ? null
            : new Change(change.index(), changeOutput.value());
    Intent intent = new Intent(recipients, false, rate);
    return new Proposal(described, intent, inputs, new Sats(Math.max(0, fee)), back);
  }

  private List<Coin> inputs(List<Coin> coins) {
    Map<Outpoint, Coin> byOutpoint = new HashMap<>();
    for (Coin coin : coins) {
      byOutpoint.put(coin.outpoint(), coin);
    }
    List<Coin> inputs = new ArrayList<>();
    for (int i = 0; i < tx.inputCount(); i++) {
      Coin coin = byOutpoint.get(tx.outpoint(i));
      if (coin == null) {
        String outpoint = tx.outpoint(i).toString();
        throw Refusal.of(Token.FOREIGN_INPUT, "outpoint", outpoint).exception();
      }
      inputs.add(coin);
    }
    return inputs;
  }

  private static RefusedException malformed(String reason) {
    return Refusal.of(Token.PSBT_MALFORMED, "reason", reason).exception();
  }
}
