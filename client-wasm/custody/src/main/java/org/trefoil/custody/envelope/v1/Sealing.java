package org.trefoil.custody.envelope.v1;

import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.passcode.StretchedKey;

/** Seals a user seed under a passcode, in slices. The seed must stay open until it is finished. */
public final class Sealing extends Stretching<SealedUserKey> {
  private final UserSeed seed;
  private final EnvelopeBinding binding;
  private final byte[] header;

  private Sealing(UserSeed seed, EnvelopeBinding binding, byte[] header, Stretch stretch) {
    super(stretch);
    this.seed = seed;
    this.binding = binding;
    this.header = header;
  }

  /** Begins, under a fresh salt and nonce; {@code passcode} may be closed at once. */
  public static Sealing begin(
      UserSeed seed,
      Passcode passcode,
      EnvelopeBinding binding,
      Stretch.Params params,
      Entropy entropy) {
    Entropy checked = Entropy.checked(entropy);
    byte[] salt = checked.bytes(SealedUserKey.SALT_LENGTH);
    byte[] nonce = checked.bytes(SealedUserKey.NONCE_LENGTH);
    byte[] header =
        SealedUserKey.header(
            params.memoryKiB(), params.iterations(), params.parallelism(), salt, nonce);
    return new Sealing(seed, binding, header, Stretch.begin(passcode, salt, params));
  }

  @Override
  SealedUserKey of(StretchedKey key) {
    return Envelope.seal(seed, key, header, binding);
  }
}
