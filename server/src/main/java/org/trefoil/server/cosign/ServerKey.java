package org.trefoil.server.cosign;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bitcoinj.crypto.ECKey;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.KeyOrigin;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Xpub;
import org.trefoil.core.psbt.Sighash;
import org.trefoil.core.units.Network;

/**
 * The server's private key of one wallet, opened for a moment: a BIP-0032 tree over a 32-byte seed,
 * used below {@code m/48'/coin'/0'/2'}.
 *
 * <p>Derivation is CKDpriv over a {@link Curve}, in arrays that are wiped once they were used;
 * closing wipes the rest.
 */
final class ServerKey implements AutoCloseable {
  static final int SEED_BYTES = 32;

  private static final String HMAC = "HmacSHA512";
  private static final byte[] MASTER = "Bitcoin seed".getBytes(StandardCharsets.US_ASCII);

  private final byte[] seed;
  private final Network network;
  private final Curve curve;
  private final int masterFingerprint;
  private final int parentFingerprint;
  private final Node account;

  /** Takes {@code seed} over: it is wiped on close. */
  ServerKey(byte[] seed, Network network, Curve curve) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("a server seed has 32 bytes");
    }
    this.seed = seed;
    this.network = network;
    this.curve = curve;
    byte[] first = hmac(MASTER, seed);
    Node node = new Node(Arrays.copyOf(first, 32), Arrays.copyOfRange(first, 32, 64), curve);
    Arrays.fill(first, (byte) 0);
    this.masterFingerprint = node.fingerprint();
    int parent = masterFingerprint;
    List<Integer> steps = path().steps();
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i == steps.size() - 1;
      parent = last ? node.fingerprint() : parent;
      node = node.below(steps.get(i));
    }
    this.parentFingerprint = parent;
    this.account = node;
  }

  /** The public side: origin and extended public key of the account. */
  CosignerKey cosignerKey() {
    List<Integer> steps = path().steps();
    Xpub xpub =
        Xpub.of(
            network,
            steps.size(),
            parentFingerprint,
            steps.get(steps.size() - 1),
            account.chainCode,
            account.publicKey());
    return new CosignerKey(KeyRole.SERVER, new KeyOrigin(masterFingerprint, path()), xpub);
  }

  /** A signature, and whose it is. */
  record Made(byte[] publicKey, byte[] signature) {}

  /** Signs with the key of one address: DER with a low s, and the byte of SIGHASH_ALL after it. */
  Made sign(int branch, int index, byte[] hash) {
    try (Node onBranch = account.child(branch);
        Node key = onBranch.child(index)) {
      return new Made(key.publicKey(), typed(curve.sign(key.secret, hash)));
    }
  }

  /** Signs with the key of one place, 64 bytes, r ‖ s. */
  byte[] signPlain(int branch, int index, byte[] hash) {
    try (Node onBranch = account.child(branch);
        Node key = onBranch.child(index)) {
      return curve.sign(key.secret, hash);
    }
  }

  /** From {@code r ‖ s} to what stands in a transaction. */
  static byte[] typed(byte[] compact) {
    BigInteger r = new BigInteger(1, Arrays.copyOf(compact, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(compact, 32, 64));
    byte[] der = new ECKey.ECDSASignature(r, s).encodeToDER();
    byte[] typed = Arrays.copyOf(der, der.length + 1);
    typed[der.length] = (byte) Sighash.ALL;
    return typed;
  }

  @Override
  public void close() {
    Arrays.fill(seed, (byte) 0);
    account.close();
  }

  @Override
  public String toString() {
    return "ServerKey[redacted]";
  }

  private KeyPath path() {
    return KeyPath.account(network.coinType());
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA512 is missing", e);
    }
  }

  /** A private key of the tree with its chain code. */
  private static final class Node implements AutoCloseable {
    private final byte[] secret;
    private final byte[] chainCode;
    private final Curve curve;

    private Node(byte[] secret, byte[] chainCode, Curve curve) {
      this.secret = secret;
      this.chainCode = chainCode;
      this.curve = curve;
    }

    private byte[] publicKey() {
      return curve.publicKey(secret);
    }

    /** First four bytes of the public key's hash160, big-endian. */
    private int fingerprint() {
      return ByteBuffer.wrap(Hashes.hash160(publicKey())).getInt();
    }

    /** One step down; this node is of no use after. */
    private Node below(int step) {
      try (this) {
        return child(step);
      }
    }

    private Node child(int step) {
      byte[] number = ByteBuffer.allocate(4).putInt(step).array();
      byte[] derived =
          step < 0
              ? hmac(chainCode, new byte[1], secret, number)
              : hmac(chainCode, publicKey(), number);
      byte[] tweak = Arrays.copyOf(derived, 32);
      Node child = new Node(curve.plus(secret, tweak), Arrays.copyOfRange(derived, 32, 64), curve);
      Arrays.fill(derived, (byte) 0);
      Arrays.fill(tweak, (byte) 0);
      return child;
    }

    @Override
    public void close() {
      Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
      return "Node[redacted]";
    }
  }
}
