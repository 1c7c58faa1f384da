package org.trefoil.vault.screen;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.envelope.Resealing;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.custody.envelope.v1.Marker;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.sign.Stater;
import org.trefoil.vault.wallet.KnownWallet;

/** What goes out when a user key is sealed anew: one message, whatever of it is new. */
final class Reseal {
  private Reseal() {}

  /**
   * Has the user key sign for both slots, and marks that; wipes {@code seed} and {@code marker}.
   *
   * @param marker of the passcode that opened the key; null where its words made it
   */
  static FromVault.PasscodeChanged message(
      KnownWallet known,
      UserSeed seed,
      @Nullable Marker marker,
      SealedUserKey envelope,
      SecondSlot beside) {
    SealedUserKey old = known.sealed();
    String walletId = known.walletId();
    boolean byPasscode = marker != null;
    String signature;
    try (seed;
        AccountKey user = seed.account(known.cosigners().network())) {
      signature =
          MakePasswordScreen.base64(
              Stater.resealed(
                  user, known.cosigners(), walletId, old, envelope, beside, byPasscode));
    }
    String mark = null;
    if (marker != null) {
      try (marker) {
        mark =
            marker.mark(Resealing.digest(known.cosigners(), walletId, old, envelope, beside, true));
      }
    }
    return new FromVault.PasscodeChanged(old.text(), envelope.text(), signature, beside, mark);
  }
}
