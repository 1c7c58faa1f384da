package org.trefoil.core.keys;

import java.util.Arrays;
import java.util.function.BiFunction;
import org.bitcoinj.base.Base58;
import org.bitcoinj.base.exceptions.AddressFormatException;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;

/**
 * An extended public key (BIP-0032): a point on secp256k1 and a chain code, from which the public
 * keys below it follow.
 *
 * <p>Derivation is CKDpub on Bouncy Castle's points ({@link Secp256k1}). The two branch nodes
 * (receive 0, change 1) are kept after their first use.
 */
public final class Xpub {
  private static final int SIZE = 78;

  private final byte[] serialized;
  private final ECPoint point;
  private final ChainCode chain;
  private final @Nullable Xpub[] branches = new Xpub[2];

  private Xpub(byte[] serialized, ECPoint point) {
    this.serialized = serialized;
    this.point = point;
    this.chain = new ChainCode(chainCode());
  }

  /**
   * Reads an {@code xpub…} of {@code network} (or a SLIP-0132 form of it, such as {@code Zpub…}:
   * the same key). Private keys are refused before anything else looks at them, and never repeated.
   */
  public static Xpub parse(String base58, Network network) {
    if (PrivateKeyText.looksLikeOne(base58)) {
      throw Refusal.of(Token.PRIVATE_KEY_PASTED).exception();
    }
    byte[] bytes;
    try {
      bytes = Base58.decodeChecked(base58);
    } catch (AddressFormatException.InvalidCharacter e) {
      String position = Integer.toString(e.position + 1);
      throw Refusal.of(Token.KEY_CHARACTER, "position", position).exception();
    } catch (AddressFormatException.InvalidChecksum e) {
      throw Refusal.of(Token.KEY_CHECKSUM).exception();
    } catch (AddressFormatException e) {
      throw Refusal.of(Token.KEY_MALFORMED).exception();
    }
    if (bytes.length != SIZE) {
      throw Refusal.of(Token.KEY_MALFORMED).exception();
    }
    XpubVersion version = XpubVersion.of(readInt(bytes, 0));
    if (version == XpubVersion.PRIVATE) {
      throw Refusal.of(Token.PRIVATE_KEY_PASTED).exception();
    }
    if (version == XpubVersion.UNKNOWN) {
      throw Refusal.of(Token.KEY_MALFORMED).exception();
    }
    if ((version == XpubVersion.MAIN) != (network == Network.MAINNET)) {
      String other = version == XpubVersion.MAIN ? "mainnet" : "testnet";
      throw Refusal.of(Token.KEY_OTHER_NETWORK, "network", other).exception();
    }
    return of(bytes, network);
  }

  /** The key with these parts; {@code publicKey} is compressed, 33 bytes; chain code 32 bytes. */
  public static Xpub of(
      Network network,
      int depth,
      int parentFingerprint,
      int childNumber,
      byte[] chainCode,
      byte[] publicKey) {
    if (depth < 0 || depth > 255 || chainCode.length != 32 || publicKey.length != 33) {
      throw Refusal.of(Token.KEY_MALFORMED).exception();
    }
    byte[] bytes = new byte[SIZE];
    bytes[4] = (byte) depth;
    writeInt(bytes, 5, parentFingerprint);
    writeInt(bytes, 9, childNumber);
    System.arraycopy(chainCode, 0, bytes, 13, 32);
    System.arraycopy(publicKey, 0, bytes, 45, 33);
    return of(bytes, network);
  }

  private static Xpub of(byte[] bytes, Network network) {
    writeInt(bytes, 0, network.xpubVersion());
    boolean root = bytes[4] == 0;
    if (root && (readInt(bytes, 5) != 0 || readInt(bytes, 9) != 0)) {
      throw Refusal.of(Token.KEY_MALFORMED).exception();
    }
    if (bytes[45] != 2 && bytes[45] != 3) {
      throw Refusal.of(Token.KEY_NOT_ON_CURVE).exception();
    }
    try {
      ECPoint point = Secp256k1.decode(Arrays.copyOfRange(bytes, 45, SIZE));
      return new Xpub(bytes, point);
    } catch (IllegalArgumentException e) {
      throw Refusal.of(Token.KEY_NOT_ON_CURVE).exception();
    }
  }

  /** {@code xpub…} on mainnet, {@code tpub…} on the test networks. */
  public String base58() {
    return Base58.encodeChecked(serialized[0] & 255, Arrays.copyOfRange(serialized, 1, SIZE));
  }

  /** Compressed point, 33 bytes. */
  public byte[] publicKey() {
    return Arrays.copyOfRange(serialized, 45, SIZE);
  }

  /** 32 bytes. */
  public byte[] chainCode() {
    return Arrays.copyOfRange(serialized, 13, 45);
  }

  /** The 78 bytes of BIP-0032, as PSBT's global xpub field takes them. */
  public byte[] serialized() {
    return serialized.clone();
  }

  /** Steps from the master key. */
  public int depth() {
    return serialized[4] & 255;
  }

  /** The last step that led here, hardened bit included; 0 for a master key. */
  public int childNumber() {
    return readInt(serialized, 9);
  }

  /** First four bytes of this key's hash160, big-endian. */
  public int fingerprint() {
    return readInt(Hashes.hash160(publicKey()), 0);
  }

  /** The key at {@code branch/index} below this one, compressed, 33 bytes. */
  public byte[] childPublicKey(int branch, int index) {
    ECPoint[] child = {childPoint(branch, index)};
    Secp256k1.normalizeAll(child);
    return child[0].getEncoded(true);
  }

  /**
   * As {@link #childPublicKey(int, int)}, with somebody else's sum: of a compressed public key and
   * the generator times 32 bytes below the group order; null where there is none.
   */
  public byte[] childPublicKey(
      int branch, int index, BiFunction<byte[], byte[], byte @Nullable []> sum) {
    Xpub parent = branch(branch);
    byte[] tweak = Arrays.copyOf(parent.derive(index), 32);
    byte[] child = Secp256k1.isScalar(tweak) ? sum.apply(parent.publicKey(), tweak) : null;
    if (child == null) {
      throw Refusal.of(Token.KEY_UNUSABLE).exception();
    }
    return child;
  }

  /** The point at {@code branch/index} below this one, not normalized. */
  ECPoint childPoint(int branch, int index) {
    Xpub parent = branch(branch);
    return parent.childPoint(parent.derive(index));
  }

  /** The extended key one unhardened step below. */
  public Xpub child(int index) {
    byte[] derived = derive(index);
    ECPoint[] child = {childPoint(derived)};
    Secp256k1.normalizeAll(child);
    byte[] bytes = serialized.clone();
    bytes[4]++;
    if (bytes[4] == 0) {
      throw Refusal.of(Token.KEY_UNUSABLE).exception();
    }
    writeInt(bytes, 5, fingerprint());
    writeInt(bytes, 9, index);
    System.arraycopy(derived, 32, bytes, 13, 32);
    System.arraycopy(child[0].getEncoded(true), 0, bytes, 45, 33);
    return new Xpub(bytes, child[0]);
  }

  private Xpub branch(int branch) {
    if (branch != 0 && branch != 1) {
      return child(branch);
    }
    Xpub known = branches[branch];
    if (known == null) {
      known = child(branch);
      branches[branch] = known;
    }
    return known;
  }

  /** CKDpub's I for child {@code index}. */
  private byte[] derive(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("a hardened child has no public derivation");
    }
    byte[] number = new byte[4];
    writeInt(number, 0, index);
    return chain.child(publicKey(), number);
  }

  private ECPoint childPoint(byte[] derived) {
    if (!Secp256k1.isScalar(derived)) {
      throw Refusal.of(Token.KEY_UNUSABLE).exception();
    }
    ECPoint child = Secp256k1.multiplyGenerator(derived).add(point);
    if (child.isInfinity()) {
      throw Refusal.of(Token.KEY_UNUSABLE).exception();
    }
    return child;
  }

  private static int readInt(byte[] b, int at) {
    return b[at] << 24 | (b[at + 1] & 255) << 16 | (b[at + 2] & 255) << 8 | (b[at + 3] & 255);
  }

  private static void writeInt(byte[] b, int at, int value) {
    b[at] = (byte) (value >> 24);
    b[at + 1] = (byte) (value >> 16);
    b[at + 2] = (byte) (value >> 8);
    b[at + 3] = (byte) value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Xpub that && Arrays.equals(serialized, that.serialized);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(serialized);
  }

  @Override
  public String toString() {
    return base58();
  }
}
