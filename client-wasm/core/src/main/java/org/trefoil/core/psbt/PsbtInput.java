package org.trefoil.core.psbt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.coins.TxOutput;

/**
 * What a PSBT says about one input. Fields are read when they are asked for; all that is said here
 * is the word of whoever made the PSBT.
 */
public final class PsbtInput {
  private final PsbtMap map;

  PsbtInput(PsbtMap map) {
    this.map = map;
  }

  PsbtMap map() {
    return map;
  }

  /** The output that is spent, as claimed. */
  public @Nullable TxOutput witnessUtxo() {
    byte[] value = map.get(FieldRules.WITNESS_UTXO);
    if (value == null) {
      return null;
    }
    ByteReader in = new ByteReader(value);
    TxOutput output = UnsignedTx.readOutput(in);
    in.end("bytes-after-output");
    return output;
  }

  /** Whether it brings the whole previous transaction. */
  public boolean hasNonWitnessUtxo() {
    return map.get(FieldRules.NON_WITNESS_UTXO) != null;
  }

  public List<PartialSignature> partialSignatures() {
    List<PartialSignature> found = new ArrayList<>(2);
    for (PsbtField field : map.all(FieldRules.PARTIAL_SIG)) {
      found.add(new PartialSignature(field.keyData(), field.value));
    }
    return found;
  }

  /** The sighash type that signatures must have; null where the PSBT leaves it open. */
  public @Nullable Integer sighashType() {
    byte[] value = map.get(FieldRules.SIGHASH_TYPE);
    return value == null ? null : new ByteReader(value).i32();
  }

  public byte @Nullable [] redeemScript() {
    return copy(FieldRules.REDEEM_SCRIPT);
  }

  public byte @Nullable [] witnessScript() {
    return copy(FieldRules.WITNESS_SCRIPT);
  }

  public List<KeyDerivation> derivations() {
    return derivations(map, FieldRules.BIP32_DERIVATION);
  }

  /** Whether the input is finished: it has a final scriptSig or witness. */
  public boolean isFinal() {
    return map.get(FieldRules.FINAL_SCRIPT_SIG) != null
        || map.get(FieldRules.FINAL_SCRIPT_WITNESS) != null;
  }

  static List<KeyDerivation> derivations(PsbtMap map, int type) {
    List<KeyDerivation> found = new ArrayList<>(4);
    for (PsbtField field : map.all(type)) {
      found.add(new KeyDerivation(field.keyData(), field.value));
    }
    return found;
  }

  private byte @Nullable [] copy(int type) {
    byte[] value = map.get(type);
    return value == null ? null : value.clone();
  }
}
