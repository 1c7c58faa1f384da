package org.trefoil.custody.foreign;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;
import org.trefoil.custody.keys.LoneKey;

/** A private key as people write it down: WIF, or encrypted by BIP-0038. */
public final class KeyText {
  private static final int ENCRYPTED_CHARS = 58;
  private static final int MAINNET = 0x80;
  private static final int TESTNETS = 0xef;

  private KeyText() {}

  /** Whether it is a key that a passphrase opens, by its looks. */
  public static boolean isEncrypted(char[] text) {
    char[] bare = bare(text);
    boolean is = bare.length == ENCRYPTED_CHARS && bare[0] == '6' && bare[1] == 'P';
    Arrays.fill(bare, '\0');
    return is;
  }

  /**
   * The one of these texts that is a key, by its form and its checksum: a paper wallet shows its
   * address beside it, in a code that may be the longer one. Refuses {@code foreign-key-malformed}
   * where none is, and {@code foreign-keys-several} where more are than one.
   */
  public static String among(List<String> texts) {
    @Nullable String found = null;
    for (String text : texts) {
      if (isKey(text)) {
        if (found != null) {
          throw Refusal.of(Token.FOREIGN_KEYS_SEVERAL).exception();
        }
        found = text;
      }
    }
    if (found == null) {
      throw malformed();
    }
    return found;
  }

  private static boolean isKey(String text) {
    char[] bare = bare(text.toCharArray());
    int length = isEncrypted(bare) ? EncryptedKeyOpening.LENGTH : bare.length == 52 ? 34 : 33;
    boolean fits = length == EncryptedKeyOpening.LENGTH || bare.length == 51 || bare.length == 52;
    try {
      if (fits) {
        Arrays.fill(Base58Secret.decode(bare, length), (byte) 0);
      }
      return fits;
    } catch (RefusedException mistyped) {
      return false;
    } finally {
      Arrays.fill(bare, '\0');
    }
  }

  /**
   * Reads a key in the wallet import format, for compressed public keys or not; the array stays the
   * caller's to wipe. Refuses {@code foreign-key-malformed}, {@code foreign-key-mistyped}
   * {position}, {@code foreign-key-checksum} and {@code foreign-key-network} {network}.
   */
  public static LoneKey read(char[] text, Network network) {
    char[] bare = bare(text);
    byte[] content = new byte[0];
    byte[] key = new byte[32];
    try {
      if (bare.length != 51 && bare.length != 52) {
        throw malformed();
      }
      boolean compressed = bare.length == 52;
      content = Base58Secret.decode(bare, compressed ? 34 : 33);
      int version = content[0] & 255;
      boolean ends = !compressed || content[33] == 1;
      if (!ends || (version != MAINNET && version != TESTNETS)) {
        throw malformed();
      }
      if ((version == MAINNET) != (network == Network.MAINNET)) {
        throw otherNetwork(network);
      }
      System.arraycopy(content, 1, key, 0, 32);
      LoneKey read = LoneKey.of(key);
      if (read == null) {
        throw malformed();
      }
      return read;
    } finally {
      Arrays.fill(bare, '\0');
      Arrays.fill(content, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The text without blanks, the caller's to wipe. */
  static char[] bare(char[] text) {
    char[] kept = new char[text.length];
    int length = 0;
    for (char c : text) {
      if (c > ' ') {
        kept[length++] = c;
      }
    }
    char[] bare = Arrays.copyOf(kept, length);
    Arrays.fill(kept, '\0');
    return bare;
  }

  static RefusedException malformed() {
    return Refusal.of(Token.FOREIGN_KEY_MALFORMED).exception();
  }

  /** The key is for the other kind of network than this one. */
  static RefusedException otherNetwork(Network wanted) {
    String other = wanted == Network.MAINNET ? "a test network" : Network.MAINNET.id();
    return Refusal.of(Token.FOREIGN_KEY_NETWORK, "network", other).exception();
  }
}
