package org.trefoil.server.cosign;

import java.util.Arrays;
import java.util.List;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyOrigin;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Xpub;
import org.trefoil.core.units.Network;

/**
 * The server's private key of one wallet, opened for a moment: a BIP-0032 tree over a 32-byte seed,
 * used below {@code m/48'/coin'/0'/2'}.
 *
 * <p>Closing wipes the seed; the derived keys live in bitcoinj's objects until they are collected.
 */
final class ServerKey implements AutoCloseable {
  static final int SEED_BYTES = 32;

  private final byte[] seed;
  private final Network network;
  private final DeterministicKey master;
  private final DeterministicKey account;

  /** Takes {@code seed} over: it is wiped on close. */
  ServerKey(byte[] seed, Network network) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("a server seed has 32 bytes");
    }
    this.seed = seed;
    this.network = network;
    this.master = HDKeyDerivation.createMasterPrivateKey(seed);
    DeterministicKey key = master;
    for (int step : path().steps()) {
      key = HDKeyDerivation.deriveChildKey(key, new ChildNumber(step));
    }
    this.account = key;
  }

  /** The public side: origin and extended public key of the account. */
  CosignerKey cosignerKey() {
    int parent = account.getParentFingerprint();
    List<Integer> steps = path().steps();
    Xpub xpub =
        Xpub.of(
            network,
            steps.size(),
            parent,
            steps.get(steps.size() - 1),
            account.getChainCode(),
            account.getPubKey());
    return new CosignerKey(KeyRole.SERVER, new KeyOrigin(master.getFingerprint(), path()), xpub);
  }

  /** The key of one address. */
  DeterministicKey child(int branch, int index) {
    DeterministicKey onBranch = HDKeyDerivation.deriveChildKey(account, new ChildNumber(branch));
    return HDKeyDerivation.deriveChildKey(onBranch, new ChildNumber(index));
  }

  @Override
  public void close() {
    Arrays.fill(seed, (byte) 0);
  }

  @Override
  public String toString() {
    return "ServerKey[redacted]";
  }

  private KeyPath path() {
    return KeyPath.account(network.coinType());
  }
}
