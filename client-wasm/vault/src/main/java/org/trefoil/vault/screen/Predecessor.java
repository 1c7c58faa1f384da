package org.trefoil.vault.screen;

import org.trefoil.core.wire.SuccessionStatement;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.sign.Stater;
import org.trefoil.vault.wallet.KnownWallet;

/** The wallet that another one comes after, with one of its keys open until it has said so. */
final class Predecessor {
  private final KnownWallet wallet;
  private final AccountKey key;

  Predecessor(KnownWallet wallet, AccountKey key) {
    this.wallet = wallet;
    this.key = key;
  }

  KnownWallet wallet() {
    return wallet;
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
