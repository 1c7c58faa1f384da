package org.trefoil.custody.foreign;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.address.Base58Scripts;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.units.Network;
import org.trefoil.custody.keys.LoneKey;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.slices.SlicedWork;

/**
 * Opens a key that is encrypted by BIP-0038, of either kind: a key that was encrypted, or one that
 * somebody else made from the owner's intermediate code ("EC multiplied"). The slow part is scrypt
 * over 16 MiB, eight times.
 */
public final class EncryptedKeyOpening implements SlicedWork<LoneKey> {
  private static final int COMPRESSED = 0x20;
  private static final int LOT = 0x04;
  static final int LENGTH = 39;

  private final byte[] content;
  private final boolean multiplied;
  private final Network network;
  private final Scrypt scrypt;

  private EncryptedKeyOpening(byte[] content, boolean multiplied, Network network, Scrypt scrypt) {
    this.content = content;
    this.multiplied = multiplied;
    this.network = network;
    this.scrypt = scrypt;
  }

  /**
   * Begins. Refuses {@code foreign-key-malformed}, {@code foreign-key-mistyped} {position} and
   * {@code foreign-key-checksum}; {@link #finish} refuses {@code foreign-passphrase-wrong} and
   * {@code foreign-key-network} {network}.
   *
   * @param text stays the caller's to wipe
   * @param passphrase in Unicode form NFC; stays the caller's to close
   */
  public static EncryptedKeyOpening begin(char[] text, Passcode passphrase, Network network) {
    char[] bare = KeyText.bare(text);
    byte[] content;
    try {
      content = Base58Secret.decode(bare, LENGTH);
    } finally {
      Arrays.fill(bare, '\0');
    }
    boolean plain = content[0] == 0x01 && content[1] == 0x42 && (content[2] & 0xc0) == 0xc0;
    boolean multiplied = content[0] == 0x01 && content[1] == 0x43 && (content[2] & 0xc0) == 0;
    if (!plain && !multiplied) {
      throw KeyText.malformed();
    }
    byte[] salt =
        multiplied
            ? Arrays.copyOfRange(content, 7, (content[2] & LOT) == 0 ? 15 : 11)
            : Arrays.copyOfRange(content, 3, 7);
    Scrypt scrypt = new Scrypt(passphrase.exposedUtf8(), salt, 16_384, 8, 8, multiplied ? 32 : 64);
    return new EncryptedKeyOpening(content, multiplied, network, scrypt);
  }

  @Override
  public boolean step() {
    return scrypt.step();
  }

  @Override
  public int percent() {
    return scrypt.percent();
  }

  @Override
  public LoneKey finish() {
    return of(scrypt.finish());
  }

  /** Opens it with what scrypt made of the passphrase, which is wiped. */
  LoneKey of(byte[] derived) {
    LoneKey key = multiplied ? multiplied(derived) : plain(derived);
    Arrays.fill(derived, (byte) 0);
    if (key == null) {
      throw wrong();
    }
    try {
      refuseOther(key);
    } catch (RefusedException e) {
      key.close();
      throw e;
    }
    return key;
  }

  /** The key of 32 bytes that was encrypted as it is. */
  private @Nullable LoneKey plain(byte[] derived) {
    byte[] bytes = new byte[32];
    decrypt(content, 7, derived, 0, bytes, 0);
    decrypt(content, 23, derived, 16, bytes, 16);
    LoneKey key = LoneKey.of(bytes);
    Arrays.fill(bytes, (byte) 0);
    return key;
  }

  /** The product of what the passphrase gives and of what the maker of the key had drawn. */
  private @Nullable LoneKey multiplied(byte[] prefactor) {
    byte[] entropy = Arrays.copyOfRange(content, 7, 15);
    boolean lot = (content[2] & LOT) != 0;
    byte[] factor = lot ? Hashes.sha256(Hashes.sha256(prefactor, entropy)) : prefactor.clone();
    LoneKey owner = LoneKey.of(factor);
    Arrays.fill(factor, (byte) 0);
    if (owner == null) {
      return null;
    }
    try (owner) {
      byte[] seed = seed(owner.publicKey(true));
      byte[] hash = Hashes.sha256(Hashes.sha256(seed));
      Arrays.fill(seed, (byte) 0);
      LoneKey drawn = LoneKey.of(hash);
      Arrays.fill(hash, (byte) 0);
      if (drawn == null) {
        return null;
      }
      try (drawn) {
        return owner.times(drawn);
      }
    }
  }

  /** The 24 bytes that the maker drew. */
  private byte[] seed(byte[] passpoint) {
    byte[] salt = Arrays.copyOfRange(content, 3, 15);
    byte[] derived;
    try (Scrypt quick = new Scrypt(passpoint, salt, 1024, 1, 1, 64)) {
      derived = quick.run();
    }
    byte[] second = new byte[16];
    decrypt(content, 23, derived, 16, second, 0);
    byte[] first = new byte[16];
    System.arraycopy(content, 15, first, 0, 8);
    System.arraycopy(second, 0, first, 8, 8);
    byte[] seed = new byte[24];
    decrypt(first, 0, derived, 0, seed, 0);
    System.arraycopy(second, 8, seed, 16, 8);
    Arrays.fill(derived, (byte) 0);
    Arrays.fill(second, (byte) 0);
    Arrays.fill(first, (byte) 0);
    return seed;
  }

  /** AES-256 of one block under the second half of {@code derived}, then xor with its first. */
  private static void decrypt(
      byte[] from, int fromAt, byte[] derived, int mask, byte[] to, int toAt) {
    var aes = AESEngine.newInstance();
    aes.init(false, new KeyParameter(derived, 32, 32));
    aes.processBlock(from, fromAt, to, toAt);
    for (int i = 0; i < 16; i++) {
      to[toAt + i] ^= derived[mask + i];
    }
  }

  /** The four bytes in clear are a hash of the key's address; the text does not name a network. */
  private void refuseOther(LoneKey key) {
    byte[] publicKey = key.publicKey((content[2] & COMPRESSED) != 0);
    if (isOf(publicKey, network)) {
      return;
    }
    if (isOf(publicKey, network == Network.MAINNET ? Network.TESTNET : Network.MAINNET)) {
      throw KeyText.otherNetwork(network);
    }
    throw wrong();
  }

  private boolean isOf(byte[] publicKey, Network which) {
    byte[] script = Base58Scripts.p2pkh(Hashes.hash160(publicKey));
    String address = Address.ofScript(which, script).text();
    byte[] hash = Hashes.sha256(Hashes.sha256(address.getBytes(StandardCharsets.US_ASCII)));
    for (int i = 0; i < 4; i++) {
      if (hash[i] != content[3 + i]) {
        return false;
      }
    }
    return true;
  }

  private static RefusedException wrong() {
    return Refusal.of(Token.FOREIGN_PASSPHRASE_WRONG).exception();
  }

  @Override
  public void close() {
    scrypt.close();
    Arrays.fill(content, (byte) 0);
  }

  @Override
  public String toString() {
    return "EncryptedKeyOpening[redacted]";
  }
}
