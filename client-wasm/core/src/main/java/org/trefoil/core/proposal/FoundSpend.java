package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.psbt.KeyDerivation;
import org.trefoil.core.psbt.PartialSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtOutput;
import org.trefoil.core.psbt.Signatures;

/**
 * A spend of this wallet that was made elsewhere: nobody here asked for anything, so what it does
 * is read from the transaction and has to be shown to the person who is to agree.
 *
 * <p>Guarantee: every input is a coin of the wallet in the wallet's own scripts, at most one output
 * is counted as change and only when the key set derives it, everything else is a recipient. Limit:
 * that a coin exists and what it holds is the PSBT's word. With witnesses a wrong amount makes a
 * worthless signature, without them the previous transactions prove it.
 */
public final class FoundSpend {
  /** Heights end here, seconds begin. */
  private static final int ANY_HEIGHT = 499_999_999;

  private FoundSpend() {}

  /**
   * Reads and checks it. Refuses as {@link ProposalCheck} does, {@code surprise-output} for an
   * output without an address.
   */
  public static CheckedSpend of(Psbt psbt, OwnScripts own, FeeBounds fees) {
    Cosigners cosigners = own.cosigners();
    List<Coin> coins = ClaimedCoins.of(psbt);
    List<Recipient> recipients = new ArrayList<>();
    int change = -1;
    List<TxOutput> outputs = psbt.unsignedTx().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      TxOutput output = outputs.get(i);
      int index = change < 0 ? changeIndex(output, psbt.outputs().get(i), own) : -1;
      if (index >= 0) {
        change = index;
      } else {
        recipients.add(recipient(output, cosigners));
      }
    }
    if (recipients.isEmpty() && change >= 0) {
      // All of it comes back: then that is what it does, and not change of something else.
      recipients.add(recipient(outputs.get(0), cosigners));
      change = -1;
    }
    Intent intent =
        new Intent(recipients, false, FeeCheck.rate(psbt.unsignedTx(), coins, cosigners));
    Known known = new Known(coins, fees, Math.max(0, change), ANY_HEIGHT);
    return ProposalCheck.found(psbt, intent, own, known);
  }

  /** Who has signed every input. Refuses {@code signature-wrong} {input} for one that is not. */
  public static List<KeyRole> signedBy(CheckedSpend spend) {
    List<KeyRole> roles = new ArrayList<>();
    for (CosignerKey key : spend.cosigners().keys()) {
      int signed = 0;
      for (int i = 0; i < spend.inputs().size(); i++) {
        signed += signed(spend, i, key.role()) ? 1 : 0;
      }
      if (signed == spend.inputs().size()) {
        roles.add(key.role());
      }
    }
    return roles;
  }

  private static boolean signed(CheckedSpend spend, int input, KeyRole role) {
    byte[] key = spend.publicKey(input, role);
    for (PartialSignature signature : spend.psbt().inputs().get(input).partialSignatures()) {
      if (Arrays.equals(signature.publicKey(), key)) {
        if (!Signatures.right(signature.signature(), spend.sighash(input), key)) {
          throw Refusal.of(Token.SIGNATURE_WRONG, "input", Integer.toString(input)).exception();
        }
        return true;
      }
    }
    return false;
  }

  private static Recipient recipient(TxOutput output, Cosigners cosigners) {
    @Nullable String text = Address.textOf(cosigners.network(), output.script());
    if (text == null) {
      throw Refusal.of(
              Token.SURPRISE_OUTPUT,
              "address",
              "a script without an address",
              "amount",
              output.value().display())
          .exception();
    }
    return new Recipient(Address.ofScript(cosigners.network(), output.script()), output.value());
  }

  /** The number of the change address that the output claims and the key set derives, or -1. */
  private static int changeIndex(TxOutput output, PsbtOutput claims, OwnScripts own) {
    for (KeyDerivation claim : claims.derivations()) {
      int steps = claim.stepCount();
      if (steps >= 2 && claim.step(steps - 2) == Cosigners.CHANGE) {
        int index = claim.step(steps - 1);
        boolean ours =
            index >= 0
                && index <= Cosigners.MOST_INDEX
                && output.paysTo(own.at(Cosigners.CHANGE, index).scriptPubKey());
        return ours ? index : -1;
      }
    }
    return -1;
  }
}
