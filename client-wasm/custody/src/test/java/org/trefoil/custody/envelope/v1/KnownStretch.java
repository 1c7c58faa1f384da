package org.trefoil.custody.envelope.v1;

import org.trefoil.custody.passcode.StretchedKey;
import org.trefoil.custody.slices.SlicedWork;

/** What a work makes of a passcode that is stretched already: without Argon2id, so in a moment. */
public final class KnownStretch {
  private KnownStretch() {}

  public static <T> T of(SlicedWork<T> work, StretchedKey key) {
    try (work) {
      return ((Stretching<T>) work).of(key);
    }
  }
}
