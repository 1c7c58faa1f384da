package org.trefoil.custody.envelope.v1;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.passcode.StretchedKey;
import org.trefoil.custody.slices.SlicedWork;

/**
 * Opens a user key by either of a wallet's two passcodes, in slices.
 *
 * <p>Guarantee: whichever passcode is typed, and a wrong one as well, there is one stretch and then
 * one try at each of the two slots, so that neither the time nor the steps tell which it was.
 */
public final class SlotsOpening implements SlicedWork<Opened> {
  private final SealedUserKey sealed;
  private final byte @Nullable [] second;
  private final EnvelopeBinding binding;
  private final Stretch stretch;

  private SlotsOpening(
      SealedUserKey sealed, byte @Nullable [] second, EnvelopeBinding binding, Stretch stretch) {
    this.sealed = sealed;
    this.second = second;
    this.binding = binding;
    this.stretch = stretch;
  }

  /**
   * Begins; {@code passcode} may be closed at once. Refuses as {@link Opening} does.
   *
   * @param second the second slot, 92 bytes; null for a wallet from before
   */
  public static SlotsOpening begin(
      SealedUserKey sealed, byte @Nullable [] second, Passcode passcode, EnvelopeBinding binding) {
    return new SlotsOpening(sealed, second, binding, Opening.stretch(sealed, passcode, binding));
  }

  @Override
  public boolean step() {
    return stretch.step();
  }

  @Override
  public int percent() {
    return stretch.percent();
  }

  @Override
  public Opened finish() {
    try (StretchedKey key = stretch.finish()) {
      return Envelope.open(sealed, second, key, binding);
    }
  }

  @Override
  public void close() {
    stretch.close();
  }
}
