package org.trefoil.custody.birth;

import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.envelope.v1.TwoSlots;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.slices.SlicedWork;

/** A birth whose key set the user key has endorsed. */
public final class Endorsed implements AutoCloseable {
  private final Entropy entropy;
  private final BirthSecrets secrets;
  private final Cosigners cosigners;
  private final String walletId;
  private final boolean cold;
  private final byte[] endorsement;

  Endorsed(
      Entropy entropy,
      BirthSecrets secrets,
      Cosigners cosigners,
      String walletId,
      boolean cold,
      byte[] endorsement) {
    this.entropy = entropy;
    this.secrets = secrets;
    this.cosigners = cosigners;
    this.walletId = walletId;
    this.cold = cold;
    this.endorsement = endorsement;
  }

  /** The user key's signature over the key set, 64 bytes. */
  public byte[] endorsement() {
    return endorsement.clone();
  }

  /** Begins to seal the user key; the passcode may be closed at once. */
  public SlicedWork<Born> seal(Passcode passcode, Stretch.Params params) {
    SlicedWork<TwoSlots> sealing = sealing(passcode, params);
    return new SlicedWork<>() {
      @Override
      public boolean step() {
        return sealing.step();
      }

      @Override
      public int percent() {
        return sealing.percent();
      }

      @Override
      public Born finish() {
        return born(sealing.finish());
      }

      @Override
      public void close() {
        sealing.close();
      }
    };
  }

  SlicedWork<TwoSlots> sealing(Passcode passcode, Stretch.Params params) {
    EnvelopeBinding binding = EnvelopeBinding.of(cosigners, walletId, endorsement, cold);
    return TwoSlots.sealing(secrets.userSeed(), passcode, binding, params, entropy);
  }

  Born born(TwoSlots sealed) {
    return new Born(entropy, secrets, cosigners, walletId, cold, endorsement, sealed);
  }

  @Override
  public void close() {
    secrets.close();
  }

  @Override
  public String toString() {
    return "Endorsed[redacted]";
  }
}
