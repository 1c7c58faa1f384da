package org.trefoil.custody.envelope.v1;

import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.passcode.StretchedKey;
import org.trefoil.custody.slices.SlicedWork;

/** A stretch, and what is made of it. */
abstract class Stretching<T> implements SlicedWork<T> {
  private final Stretch stretch;

  Stretching(Stretch stretch) {
    this.stretch = stretch;
  }

  final Stretch stretch() {
    return stretch;
  }

  /** Makes it of {@code key}, which is wiped afterwards. */
  abstract T of(StretchedKey key);

  @Override
  public boolean step() {
    return stretch.step();
  }

  @Override
  public int percent() {
    return stretch.percent();
  }

  @Override
  public T finish() {
    try (StretchedKey key = stretch.finish()) {
      return of(key);
    }
  }

  @Override
  public void close() {
    stretch.close();
  }
}
