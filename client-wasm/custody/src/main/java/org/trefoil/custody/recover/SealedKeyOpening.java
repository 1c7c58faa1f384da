package org.trefoil.custody.recover;

import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.envelope.v1.Opening;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.slices.SlicedWork;

/**
 * Opens the sealed user key of sheet B with the passcode. What it is bound to is taken from the
 * envelope itself, for nothing else is at hand; that the key is the wallet's is found by deriving.
 */
public final class SealedKeyOpening implements SlicedWork<OpenedKey> {
  private final Opening opening;
  private final Cosigners cosigners;

  private SealedKeyOpening(Opening opening, Cosigners cosigners) {
    this.opening = opening;
    this.cosigners = cosigners;
  }

  /** Begins; {@code passcode} may be closed at once. */
  public static SealedKeyOpening begin(
      SealedUserKey sealed, Passcode passcode, Cosigners cosigners) {
    return new SealedKeyOpening(Opening.begin(sealed, passcode, sealed.claimed()), cosigners);
  }

  @Override
  public boolean step() {
    return opening.step();
  }

  @Override
  public int percent() {
    return opening.percent();
  }

  /** Refuses {@code passcode-wrong} and {@code paper-other-key}. */
  @Override
  public OpenedKey finish() {
    try (UserSeed seed = opening.finish();
        Mnemonic words = seed.mnemonic()) {
      return OpenedKey.of(words, cosigners);
    }
  }

  @Override
  public void close() {
    opening.close();
  }
}
