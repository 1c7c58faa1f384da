package org.trefoil.custody.recover;

import java.util.List;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.proposal.FinalTx;
import org.trefoil.core.psbt.Psbt;

/** A spend with signatures: enough of them, or not yet. */
public sealed interface Signed {
  /** With all signatures there are. */
  Psbt psbt();

  /** Who has signed. */
  List<KeyRole> by();

  /** Other keys must sign before the network takes it. */
  record Half(Psbt psbt, List<KeyRole> by, int missing) implements Signed {
    public Half {
      by = List.copyOf(by);
    }
  }

  /** Ready for the network. */
  record Whole(Psbt psbt, List<KeyRole> by, FinalTx tx) implements Signed {
    public Whole {
      by = List.copyOf(by);
    }
  }
}
