package org.trefoil.custody.envelope.v1;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.passcode.StretchedKey;

/**
 * Opens a sealed user key for one wallet and key set, in slices.
 *
 * <p>Guarantee: what it gives was sealed for exactly the key set asked about. Refuses {@code
 * key-set-changed} and costs out of range before any work, {@code passcode-wrong} at the end.
 * Limit: ciphertext that somebody altered and gave a new check sum looks like a wrong passcode.
 */
public final class Opening extends Stretching<UserSeed> {
  private final SealedUserKey sealed;
  private final EnvelopeBinding binding;

  private Opening(SealedUserKey sealed, EnvelopeBinding binding, Stretch stretch) {
    super(stretch);
    this.sealed = sealed;
    this.binding = binding;
  }

  /** Begins; {@code passcode} may be closed at once. */
  public static Opening begin(SealedUserKey sealed, Passcode passcode, EnvelopeBinding binding) {
    return new Opening(sealed, binding, stretch(sealed, passcode, binding));
  }

  static Stretch stretch(SealedUserKey sealed, Passcode passcode, EnvelopeBinding binding) {
    if (!sealed.claims(binding)) {
      throw Refusal.of(Token.KEY_SET_CHANGED).exception();
    }
    Stretch.Params params =
        new Stretch.Params(sealed.memoryKiB(), sealed.iterations(), sealed.parallelism());
    return Stretch.begin(passcode, sealed.salt(), params);
  }

  @Override
  UserSeed of(StretchedKey key) {
    return Envelope.open(sealed, key, binding);
  }
}
