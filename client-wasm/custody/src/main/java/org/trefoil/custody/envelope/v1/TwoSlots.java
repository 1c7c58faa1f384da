package org.trefoil.custody.envelope.v1;

import java.util.Base64;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.Marks;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.passcode.StretchedKey;
import org.trefoil.custody.slices.SlicedWork;

/**
 * A sealed user key with what stands beside it, always: a second slot that a second passcode opens,
 * or nobody.
 *
 * <p>Guarantee: without a passcode nobody tells whether the second slot is sealed or random; both
 * are 92 bytes beside two public keys. Limit: whoever saw the wallet's rows before and after knows
 * that they were changed, and when the second slot alone is new, that it was no change of the
 * passcode.
 */
public record TwoSlots(SealedUserKey envelope, SecondSlot beside) {
  /** Seals a seed under a passcode, with a second slot that nobody opens. */
  public static SlicedWork<TwoSlots> sealing(
      UserSeed seed,
      Passcode passcode,
      EnvelopeBinding binding,
      Stretch.Params params,
      Entropy entropy) {
    Sealing sealing = Sealing.begin(seed, passcode, binding, params, entropy);
    return new Stretching<>(sealing.stretch()) {
      @Override
      TwoSlots of(StretchedKey key) {
        SealedUserKey envelope = sealing.of(key);
        try (Marker first = Marker.of(key, envelope.salt())) {
          return new TwoSlots(envelope, closed(first, entropy));
        }
      }
    };
  }

  /**
   * Seals the same seed for a second passcode as well, beside an envelope that stays as it is.
   *
   * @param first of the passcode that opens the envelope
   */
  public static SlicedWork<SecondSlot> second(
      UserSeed seed, Passcode passcode, SealedUserKey envelope, Marker first, Entropy entropy) {
    byte[] nonce = Entropy.checked(entropy).bytes(SealedUserKey.NONCE_LENGTH);
    return new Stretching<>(Opening.stretch(envelope, passcode, envelope.claimed())) {
      @Override
      SecondSlot of(StretchedKey key) {
        byte[] slot = Envelope.sealSecond(seed, key, envelope, nonce);
        try (Marker second = Marker.of(key, envelope.salt())) {
          return slot(slot, first, second);
        }
      }
    };
  }

  /** A second slot that nobody opens. */
  public static SecondSlot closed(Marker first, Entropy entropy) {
    Entropy checked = Entropy.checked(entropy);
    try (Marker nobody = Marker.ofNobody(checked)) {
      return slot(checked.bytes(Marks.SLOT_LENGTH), first, nobody);
    }
  }

  private static SecondSlot slot(byte[] slot, Marker first, Marker second) {
    return new SecondSlot(
        Base64.getEncoder().encodeToString(slot), first.publicKey(), second.publicKey());
  }
}
