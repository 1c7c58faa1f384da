package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.FinalTx;
import org.trefoil.core.proposal.FoundSpend;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.custody.sign.HalfSigner;
import org.trefoil.custody.slices.SlicedWork;

/**
 * Signs a checked spend with the keys at hand, one after the other, until as many have signed as
 * the wallet asks for; signatures that the spend brought with it count. A finished transaction has
 * every signature verified once more.
 */
public final class Signing implements SlicedWork<Signed> {
  private final CheckedSpend spend;
  private final List<OpenedKey> keys = new ArrayList<>();
  private final List<KeyRole> by = new ArrayList<>();
  private Psbt psbt;
  private int done;
  private @Nullable SlicedWork<Psbt> current;

  private Signing(CheckedSpend spend, List<OpenedKey> keys) {
    this.spend = spend;
    this.psbt = spend.psbt();
    by.addAll(FoundSpend.signedBy(spend));
    List<KeyRole> roles = new ArrayList<>(by);
    for (OpenedKey key : keys) {
      if (roles.size() < spend.cosigners().threshold() && !roles.contains(key.role())) {
        this.keys.add(key);
        roles.add(key.role());
      }
    }
  }

  /** Begins; the keys stay the caller's to close. Refuses {@code key-set-changed}. */
  public static Signing begin(CheckedSpend spend, List<OpenedKey> keys) {
    return new Signing(spend, keys);
  }

  @Override
  public boolean step() {
    if (done == keys.size()) {
      return false;
    }
    SlicedWork<Psbt> work = current;
    if (work == null) {
      work = HalfSigner.begin(spend, keys.get(done).account());
      current = work;
    }
    if (!work.step()) {
      psbt = psbt.combine(work.finish());
      by.add(keys.get(done).role());
      work.close();
      current = null;
      done++;
    }
    return done < keys.size();
  }

  @Override
  public int percent() {
    if (keys.isEmpty()) {
      return 100;
    }
    int within = current == null ? 0 : current.percent();
    return (100 * done + within) / keys.size();
  }

  @Override
  public Signed finish() {
    if (done < keys.size()) {
      throw new IllegalStateException("slices left");
    }
    int missing = spend.cosigners().threshold() - by.size();
    return missing > 0
        ? new Signed.Half(psbt, by, missing)
        : new Signed.Whole(psbt, by, FinalTx.finish(psbt, spend.cosigners()));
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
    }
  }
}
