package org.trefoil.server.spend;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.psbt.UnsignedTx;

/** The coins that a stored send spends. */
final class Inputs {
  private Inputs() {}

  static List<Outpoint> of(SendRecord send) {
    UnsignedTx tx = Psbt.parse(send.psbt()).unsignedTx();
    List<Outpoint> inputs = new ArrayList<>(tx.inputCount());
    for (int i = 0; i < tx.inputCount(); i++) {
      inputs.add(tx.outpoint(i));
    }
    return inputs;
  }
}
