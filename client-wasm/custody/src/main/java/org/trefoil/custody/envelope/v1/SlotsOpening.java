package org.trefoil.custody.envelope.v1;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.passcode.StretchedKey;

/**
 * Opens a user key by either of a wallet's two passcodes, in slices.
 *
 * <p>Guarantee: whichever passcode is typed, and a wrong one as well, there is one stretch and then
 * one try at each of the two slots, so that neither the time nor the steps tell which it was.
 */
public final class SlotsOpening extends Stretching<Opened> {
  private final SealedUserKey sealed;
  private final byte @Nullable [] second;
  private final EnvelopeBinding binding;

  private SlotsOpening(
      SealedUserKey sealed, byte @Nullable [] second, EnvelopeBinding binding, Stretch stretch) {
    super(stretch);
    this.sealed = sealed;
    this.second = second;
    this.binding = binding;
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
  Opened of(StretchedKey key) {
    return Envelope.open(sealed, second, key, binding);
  }
}
