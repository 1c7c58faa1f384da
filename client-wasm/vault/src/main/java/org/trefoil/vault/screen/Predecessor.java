package org.trefoil.vault.screen;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.Succession;
import org.trefoil.core.wire.SuccessionStatement;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.envelope.v1.Marker;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.sign.Stater;
import org.trefoil.vault.wallet.KnownWallet;

/** The wallet that another one comes after, with one of its keys open until it has said so. */
final class Predecessor {
  private final KnownWallet wallet;
  private final AccountKey key;
  private final @Nullable Marker marker;

  Predecessor(KnownWallet wallet, AccountKey key, @Nullable Marker marker) {
    this.wallet = wallet;
    this.key = key;
    this.marker = marker;
  }

  KnownWallet wallet() {
    return wallet;
  }

  /** The mark of the passcode that opened the key, and wipes what makes it; null for paper. */
  @Nullable String marks(Born born) {
    if (marker == null) {
      return null;
    }
    try (marker) {
      return marker.mark(
          Succession.digest(
              wallet.cosigners(), wallet.walletId(), born.cosigners(), born.walletId()));
    }
  }

  /** Names the new wallet and wipes the old key. */
  SuccessionStatement names(Born born) {
    try (key) {
      byte[] signature =
          Stater.succession(
              key, wallet.cosigners(), wallet.walletId(), born.cosigners(), born.walletId());
      return new SuccessionStatement(key.role().id(), MakePasswordScreen.base64(signature));
    }
  }
}
