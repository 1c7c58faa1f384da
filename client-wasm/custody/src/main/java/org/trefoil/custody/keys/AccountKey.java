package org.trefoil.custody.keys;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyOrigin;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.secret.SecretBytes;

/**
 * The private key of one account, {@code m/48'/coin'/0'/2'}: it states things about its wallet and
 * signs for the coins below it. Branch nodes are derived once and kept until it is closed.
 */
public final class AccountKey implements AutoCloseable {
  private final KeyRole role;
  private final Network network;
  private final KeyOrigin origin;
  private final PrivateNode node;
  private final @Nullable PrivateNode[] branches = new PrivateNode[2];

  private AccountKey(KeyRole role, Network network, KeyOrigin origin, PrivateNode node) {
    this.role = role;
    this.network = network;
    this.origin = origin;
    this.node = node;
  }

  static AccountKey ofMaster(KeyRole role, Network network, PrivateNode master) {
    return ofMaster(role, network, master, KeyPath.account(network.coinType()));
  }

  private static AccountKey ofMaster(
      KeyRole role, Network network, PrivateNode master, KeyPath path) {
    KeyOrigin origin = new KeyOrigin(master.fingerprint(), path);
    return new AccountKey(role, network, origin, master.descend(path));
  }

  /**
   * The account below a master key that comes as its two parts.
   *
   * @param key 32 bytes, copied
   * @param chainCode 32 bytes, copied
   */
  public static AccountKey ofMaster(KeyRole role, Network network, byte[] key, byte[] chainCode) {
    try (PrivateNode master =
        new PrivateNode(SecretBytes.copyOf(key), chainCode.clone(), 0, 0, 0)) {
      return ofMaster(role, network, master);
    }
  }

  /**
   * The account that a seed has in a wallet, found by the fingerprint of its master key and then by
   * the key itself; null when it has none.
   *
   * @param seed a BIP-0032 seed of 16 to 64 bytes; stays the caller's to close
   */
  public static @Nullable AccountKey find(SecretBytes seed, Cosigners cosigners) {
    try (PrivateNode master = PrivateNode.master(seed.exposed())) {
      int fingerprint = master.fingerprint();
      for (CosignerKey key : cosigners.keys()) {
        if (key.origin().fingerprint() == fingerprint) {
          AccountKey account =
              ofMaster(key.role(), cosigners.network(), master, key.origin().path());
          if (account.cosignerKey().equals(key)) {
            return account;
          }
          account.close();
        }
      }
      return null;
    }
  }

  /** The public half with its origin. */
  public CosignerKey cosignerKey() {
    return new CosignerKey(role, origin, node.xpub(network));
  }

  public KeyRole role() {
    return role;
  }

  public Network network() {
    return network;
  }

  /** This very key's signature over a digest of 32 bytes: {@code r ‖ s}, 64 bytes, low s. */
  public byte[] sign(byte[] digest) {
    return Secp256k1.sign(node.scalar(), digest);
  }

  /** The signature of the key at {@code branch/index} below this one: {@code r ‖ s}, low s. */
  public byte[] sign(int branch, int index, byte[] digest) {
    BigInteger key;
    try (PrivateNode leaf = branch(branch).child(index)) {
      key = leaf.scalar();
    }
    return Secp256k1.sign(key, digest);
  }

  private PrivateNode branch(int branch) {
    if (branch != 0 && branch != 1) {
      throw new IllegalArgumentException("a wallet has branches 0 and 1");
    }
    PrivateNode known = branches[branch];
    if (known == null) {
      known = node.child(branch);
      branches[branch] = known;
    }
    return known;
  }

  @Override
  public void close() {
    node.close();
    for (PrivateNode branch : branches) {
      if (branch != null) {
        branch.close();
      }
    }
    Arrays.fill(branches, null);
  }

  @Override
  public String toString() {
    return "AccountKey[redacted]";
  }
}
