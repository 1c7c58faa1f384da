package org.trefoil.custody.envelope.v1;

import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.passcode.StretchedKey;
import org.trefoil.custody.slices.SlicedWork;

/** Seals a user seed under a passcode, in slices. The seed must stay open until it is finished. */
public final class Sealing implements SlicedWork<SealedUserKey> {
  private final UserSeed seed;
  private final EnvelopeBinding binding;
  private final byte[] header;
  private final Stretch stretch;

  private Sealing(UserSeed seed, EnvelopeBinding binding, byte[] header, Stretch stretch) {
    this.seed = seed;
    this.binding = binding;
    this.header = header;
    this.stretch = stretch;
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
  public boolean step() {
    return stretch.step();
  }

  @Override
  public int percent() {
    return stretch.percent();
  }

  @Override
  public SealedUserKey finish() {
    try (StretchedKey key = stretch.finish()) {
      return seal(key);
    }
  }

  Stretch stretch() {
    return stretch;
  }

  SealedUserKey seal(StretchedKey key) {
    return Envelope.seal(seed, key, header, binding);
  }

  @Override
  public void close() {
    stretch.close();
  }
}
