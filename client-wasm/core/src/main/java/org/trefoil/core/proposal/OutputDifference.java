package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Dust;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.psbt.KeyDerivation;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.PsbtOutput;
import org.trefoil.core.units.Sats;

/**
 * A transaction's outputs beside those that were asked for: each one is asked for, our change, or a
 * surprise; and each one that was asked for is there or missing. There is no tolerance.
 */
final class OutputDifference {
  private final Psbt psbt;
  private final Intent intent;
  private final OwnScripts own;
  private final Known known;
  private final List<Recipient> missing;
  private final List<Integer> unexplained = new ArrayList<>();
  private @Nullable Change change;

  OutputDifference(Psbt psbt, Intent intent, OwnScripts own, Known known) {
    this.psbt = psbt;
    this.intent = intent;
    this.own = own;
    this.known = known;
    this.missing = new ArrayList<>(intent.recipients());
    List<TxOutput> outputs = psbt.unsignedTx().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      if (!askedFor(outputs.get(i))) {
        unexplained.add(i);
      }
    }
  }

  /** Refuses the first difference there is. */
  void refuseAny() {
    for (int number : unexplained) {
      explainAsChangeOrRefuse(number);
    }
    if (!missing.isEmpty()) {
      Recipient first = missing.get(0);
      String amount = first.amount().display();
      throw refuse(Token.MISSING_OUTPUT, "address", first.address().text(), "amount", amount);
    }
    for (TxOutput output : psbt.unsignedTx().outputs()) {
      long amount = output.value().value();
      long least = Dust.least(output.script()).value();
      if (amount < least) {
        throw refuse(
            Token.DUST, "amount", output.value().display(), "minimum", new Sats(least).display());
      }
    }
  }

  /** The change, once nothing has been refused; null when there is none. */
  @Nullable Change change() {
    return change;
  }

  private boolean askedFor(TxOutput output) {
    for (int i = 0; i < missing.size(); i++) {
      Recipient recipient = missing.get(i);
      if (recipient.amount().equals(output.value())
          && output.paysTo(recipient.address().scriptPubKey())) {
        missing.remove(i);
        return true;
      }
    }
    return false;
  }

  private void explainAsChangeOrRefuse(int number) {
    TxOutput output = psbt.unsignedTx().outputs().get(number);
    String found = output.value().display();
    for (Recipient recipient : missing) {
      if (output.paysTo(recipient.address().scriptPubKey())) {
        throw refuse(
            Token.WRONG_AMOUNT,
            "address",
            recipient.address().text(),
            "asked",
            recipient.amount().display(),
            "found",
            found);
      }
    }
    PsbtOutput claims = psbt.outputs().get(number);
    OwnScript script = ownChange(output, claims);
    String address = Address.textOf(own.cosigners().network(), output.script());
    String shown = address == null ? "a script without an address" : address;
    if (script == null) {
      Token token = claims.derivations().isEmpty() ? Token.SURPRISE_OUTPUT : Token.FOREIGN_CHANGE;
      throw refuse(token, "address", shown, "amount", found);
    }
    if (change != null || intent.everything()) {
      throw refuse(Token.SURPRISE_OUTPUT, "address", shown, "amount", found);
    }
    if (!script.agrees(claims.redeemScript(), claims.witnessScript(), claims.derivations())) {
      throw refuse(Token.CHANGE_WRONG, "address", shown);
    }
    change = new Change(script.index(), output.value());
  }

  /** The change address that the output pays, if it is one that would be found again. */
  private @Nullable OwnScript ownChange(TxOutput output, PsbtOutput claims) {
    int claimed = known.changeIndex();
    for (KeyDerivation derivation : claims.derivations()) {
      // A claim only tells where to look; what is there is derived from the key set.
      if (derivation.stepCount() >= 2
          && derivation.step(derivation.stepCount() - 2) == Cosigners.CHANGE) {
        claimed = derivation.step(derivation.stepCount() - 1);
        break;
      }
    }
    for (int index : new int[] {claimed, known.changeIndex()}) {
      if (known.finds(index)) {
        OwnScript script = own.at(Cosigners.CHANGE, index);
        if (Arrays.equals(output.script(), script.scriptPubKey())) {
          return script;
        }
      }
    }
    return null;
  }

  private static RefusedException refuse(Token token, String... data) {
    return Refusal.of(token, data).exception();
  }
}
