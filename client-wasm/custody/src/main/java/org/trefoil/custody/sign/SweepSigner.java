package org.trefoil.custody.sign;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.psbt.SignedTx;
import org.trefoil.core.sweep.Sweep;
import org.trefoil.custody.keys.LoneKey;
import org.trefoil.custody.slices.SlicedWork;

/** Signs sweeps of a single key, an input a slice; closing it leaves the key to the caller. */
public final class SweepSigner implements SlicedWork<List<SignedTx>> {
  private final List<Sweep> sweeps;
  private final LoneKey key;
  private final List<SignedTx> done = new ArrayList<>();
  private final List<byte[]> signatures = new ArrayList<>();
  private final int inputs;
  private int signed;

  /** Begins to sign these, one after the other. */
  public SweepSigner(List<Sweep> sweeps, LoneKey key) {
    this.sweeps = List.copyOf(sweeps);
    this.key = key;
    int sum = 0;
    for (Sweep sweep : sweeps) {
      sum += sweep.coins().size();
    }
    inputs = sum;
  }

  @Override
  public boolean step() {
    if (done.size() == sweeps.size()) {
      return false;
    }
    Sweep sweep = sweeps.get(done.size());
    signatures.add(Der.withSighashAll(key.sign(sweep.sighash(signatures.size()))));
    signed++;
    if (signatures.size() == sweep.coins().size()) {
      done.add(sweep.finish(signatures));
      signatures.clear();
    }
    return done.size() < sweeps.size();
  }

  @Override
  public int percent() {
    return 100 * signed / inputs;
  }

  @Override
  public List<SignedTx> finish() {
    if (done.size() < sweeps.size()) {
      throw new IllegalStateException("slices left");
    }
    return List.copyOf(done);
  }

  @Override
  public void close() {
    signatures.clear();
  }
}
