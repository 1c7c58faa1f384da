package org.trefoil.core.psbt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.TxOutput;

/**
 * Writes a new PSBT over an unsigned transaction: BIP-0174's creator and updater. Inputs and
 * outputs are described in the transaction's order.
 */
public final class PsbtDraft {
  private final UnsignedTx tx;
  private final List<PsbtInput> inputs = new ArrayList<>();
  private final List<PsbtOutput> outputs = new ArrayList<>();

  public PsbtDraft(UnsignedTx tx) {
    this.tx = tx;
  }

  /**
   * Describes the next input.
   *
   * @param previousTx the whole transaction it spends from, needed where there is no witness
   * @param witnessUtxo the output it spends, where there is a witness
   */
  public PsbtDraft input(
      byte @Nullable [] previousTx,
      @Nullable TxOutput witnessUtxo,
      byte @Nullable [] redeemScript,
      byte @Nullable [] witnessScript,
      List<KeyDerivation> derivations) {
    List<PsbtField> fields = new ArrayList<>(8);
    add(fields, FieldRules.NON_WITNESS_UTXO, previousTx);
    if (witnessUtxo != null) {
      ByteSink out = new ByteSink(9 + witnessUtxo.scriptLength());
      out.i64(witnessUtxo.value().value()).putSized(witnessUtxo.script());
      fields.add(PsbtField.of(FieldRules.WITNESS_UTXO, out.toBytes()));
    }
    add(fields, FieldRules.REDEEM_SCRIPT, redeemScript);
    add(fields, FieldRules.WITNESS_SCRIPT, witnessScript);
    add(fields, FieldRules.BIP32_DERIVATION, derivations);
    inputs.add(new PsbtInput(PsbtMap.of(fields)));
    return this;
  }

  /** Describes the next output as one that is not ours: says nothing. */
  public PsbtDraft output() {
    outputs.add(new PsbtOutput(PsbtMap.EMPTY));
    return this;
  }

  /** Describes the next output as our own. */
  public PsbtDraft output(
      byte @Nullable [] redeemScript,
      byte @Nullable [] witnessScript,
      List<KeyDerivation> derivations) {
    List<PsbtField> fields = new ArrayList<>(5);
    add(fields, FieldRules.OUT_REDEEM_SCRIPT, redeemScript);
    add(fields, FieldRules.OUT_WITNESS_SCRIPT, witnessScript);
    add(fields, FieldRules.OUT_BIP32_DERIVATION, derivations);
    outputs.add(new PsbtOutput(PsbtMap.of(fields)));
    return this;
  }

  /** The PSBT; every input and output must have been described. */
  public Psbt finish() {
    if (inputs.size() != tx.inputCount() || outputs.size() != tx.outputs().size()) {
      throw new IllegalStateException("inputs or outputs not described");
    }
    PsbtMap global = PsbtMap.EMPTY.plus(PsbtField.of(FieldRules.UNSIGNED_TX, tx.bytes()));
    return new Psbt(tx, global, inputs, outputs);
  }

  private static void add(List<PsbtField> fields, int type, byte @Nullable [] value) {
    if (value != null) {
      fields.add(PsbtField.of(type, value.clone()));
    }
  }

  private static void add(List<PsbtField> fields, int type, List<KeyDerivation> derivations) {
    for (KeyDerivation derivation : derivations) {
      fields.add(PsbtField.of(type, derivation.publicKey(), derivation.origin()));
    }
  }
}
