package org.trefoil.core.psbt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a PSBT says about one output: claims about whose it is. */
public final class PsbtOutput {
  private final PsbtMap map;

  PsbtOutput(PsbtMap map) {
    this.map = map;
  }

  PsbtMap map() {
    return map;
  }

  public byte @Nullable [] redeemScript() {
    byte[] value = map.get(FieldRules.OUT_REDEEM_SCRIPT);
    return value == null ? null : value.clone();
  }

  public byte @Nullable [] witnessScript() {
    byte[] value = map.get(FieldRules.OUT_WITNESS_SCRIPT);
    return value == null ? null : value.clone();
  }

  public List<KeyDerivation> derivations() {
    return PsbtInput.derivations(map, FieldRules.OUT_BIP32_DERIVATION);
  }
}
