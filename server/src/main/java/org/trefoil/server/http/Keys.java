package org.trefoil.server.http;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.WalletView;

/**
 * How many keys of how many sign for a wallet, in the words of pages.
 *
 * @param threshold how many sign
 * @param size how many there are
 * @param owners of the keys that were brought to a wallet of several
 * @param several whether it is another wallet than the standard one, 2 of 3
 * @param aloneEnough whether the others can spend without this server
 * @param others how many of the owners must sign beside the user and without this server
 */
public record Keys(
    int threshold, int size, List<Owner> owners, boolean several, boolean aloneEnough, int others) {
  /** Somebody who brought a key. */
  public record Owner(String name, String fingerprint) {}

  /** The key set of a wallet that has its keys; refuses {@code wallet-not-active} before. */
  static Cosigners set(WalletView wallet) {
    String descriptor = wallet.descriptor();
    if (descriptor == null) {
      throw Refusal.of(Token.WALLET_NOT_ACTIVE).exception();
    }
    return Descriptors.ofWallet(descriptor, Network.of(wallet.network()));
  }

  static Keys of(WalletView wallet) {
    Cosigners cosigners = set(wallet);
    List<Owner> owners = new ArrayList<>();
    for (CosignerKey key : cosigners.others()) {
      if (owners.size() < wallet.owners().size()) {
        String name = wallet.owners().get(owners.size());
        owners.add(new Owner(name, key.origin().fingerprintHex()));
      }
    }
    int threshold = cosigners.threshold();
    int size = cosigners.keys().size();
    boolean several = threshold != 2 || size != 3;
    return new Keys(threshold, size, owners, several, threshold < size, threshold - 1);
  }
}
