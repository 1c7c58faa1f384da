package org.trefoil.custody.keys;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.Xpub;
import org.trefoil.core.units.Network;
import org.trefoil.custody.secret.SecretBytes;

/** One private node of a BIP-0032 tree. */
final class PrivateNode implements AutoCloseable {
  private static final byte[] MASTER = "Bitcoin seed".getBytes(StandardCharsets.US_ASCII);

  private final SecretBytes key;
  private final byte[] chainCode;
  private final int depth;
  private final int parentFingerprint;
  private final int childNumber;
  private byte @Nullable [] publicKey;

  PrivateNode(
      SecretBytes key, byte[] chainCode, int depth, int parentFingerprint, int childNumber) {
    this.key = key;
    this.chainCode = chainCode;
    this.depth = depth;
    this.parentFingerprint = parentFingerprint;
    this.childNumber = childNumber;
  }

  /** The master node of a seed of 16 to 64 bytes. */
  static PrivateNode master(byte[] seed) {
    byte[] i = hmac(MASTER, seed);
    try {
      if (!Secp256k1.isKey(new BigInteger(1, Arrays.copyOf(i, 32)))) {
        throw Refusal.of(Token.KEY_UNUSABLE).exception();
      }
      return new PrivateNode(
          SecretBytes.takingOver(Arrays.copyOf(i, 32)), Arrays.copyOfRange(i, 32, 64), 0, 0, 0);
    } finally {
      Arrays.fill(i, (byte) 0);
    }
  }

  /**
   * The node one step below; {@link KeyPath#HARDENED} in the number makes it a hardened one. It
   * signs, but cannot print its xpub, for it is not told its parent's fingerprint.
   */
  PrivateNode child(int number) {
    return child(number, 0);
  }

  /**
   * The same, knowing this node's fingerprint; only who prints the child's xpub needs to say it.
   */
  private PrivateNode child(int number, int fingerprint) {
    byte[] message = new byte[37];
    if ((number & KeyPath.HARDENED) != 0) {
      System.arraycopy(key.exposed(), 0, message, 1, 32);
    } else {
      System.arraycopy(publicKey(), 0, message, 0, 33);
    }
    for (int k = 0; k < 4; k++) {
      message[33 + k] = (byte) (number >>> (24 - 8 * k));
    }
    byte[] i = hmac(chainCode, message);
    Arrays.fill(message, (byte) 0);
    try {
      BigInteger left = new BigInteger(1, Arrays.copyOf(i, 32));
      BigInteger sum = left.add(scalar()).mod(Secp256k1.N);
      if (left.compareTo(Secp256k1.N) >= 0 || sum.signum() == 0) {
        throw Refusal.of(Token.KEY_UNUSABLE).exception();
      }
      return new PrivateNode(
          SecretBytes.takingOver(BigIntegers.asUnsignedByteArray(32, sum)),
          Arrays.copyOfRange(i, 32, 64),
          depth + 1,
          fingerprint,
          number);
    } finally {
      Arrays.fill(i, (byte) 0);
    }
  }

  /** The node at the end of {@code path}; the nodes in between are wiped. */
  PrivateNode descend(KeyPath path) {
    PrivateNode node =
        new PrivateNode(key.copy(), chainCode.clone(), depth, parentFingerprint, childNumber);
    int last = path.steps().size() - 1;
    for (int i = 0; i <= last; i++) {
      PrivateNode next = node.child(path.steps().get(i), i == last ? node.fingerprint() : 0);
      node.close();
      node = next;
    }
    return node;
  }

  SecretBytes key() {
    return key;
  }

  BigInteger scalar() {
    return new BigInteger(1, key.exposed());
  }

  /** Compressed public key, 33 bytes, the node's own array. */
  byte[] publicKey() {
    byte[] known = publicKey;
    if (known == null) {
      known = Secp256k1.publicKey(scalar());
      publicKey = known;
    }
    return known;
  }

  int fingerprint() {
    byte[] hash = Hashes.hash160(publicKey());
    return hash[0] << 24 | (hash[1] & 255) << 16 | (hash[2] & 255) << 8 | (hash[3] & 255);
  }

  Xpub xpub(Network network) {
    key.exposed();
    return Xpub.of(network, depth, parentFingerprint, childNumber, chainCode, publicKey());
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    HMac mac = new HMac(new SHA512Digest());
    mac.init(new KeyParameter(key));
    mac.update(message, 0, message.length);
    byte[] out = new byte[64];
    mac.doFinal(out, 0);
    return out;
  }

  @Override
  public void close() {
    key.close();
    Arrays.fill(chainCode, (byte) 0);
  }

  @Override
  public String toString() {
    return "PrivateNode[redacted]";
  }
}
