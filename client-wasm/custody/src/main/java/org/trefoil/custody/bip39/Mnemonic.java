package org.trefoil.custody.bip39;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.core.keys.Hashes;
import org.trefoil.custody.secret.SecretBytes;

/**
 * A BIP-0039 mnemonic: 12, 15, 18, 21 or 24 English words. Secret: which of the list's words they
 * are is kept as numbers and wiped by {@link #close}.
 */
public final class Mnemonic implements AutoCloseable {
  private static final int ROUNDS = 2048;

  /** Words of 32 bytes of entropy. */
  public static final int MOST_WORDS = 24;

  private final short[] values;
  private final SecretBytes entropy;

  private Mnemonic(short[] values, SecretBytes entropy) {
    this.values = values;
    this.entropy = entropy;
  }

  /** The words of {@code entropy}: 16, 20, 24, 28 or 32 bytes, copied. */
  public static Mnemonic of(byte[] entropy) {
    if (entropy.length < 16 || entropy.length > 32 || entropy.length % 4 != 0) {
      throw new IllegalArgumentException("entropy must be 16 to 32 bytes, a multiple of 4");
    }
    byte[] bits = Arrays.copyOf(entropy, entropy.length + 1);
    bits[entropy.length] = Hashes.sha256(entropy)[0];
    short[] values = new short[entropy.length * 3 / 4];
    for (int bit = 0; bit < values.length * 11; bit++) {
      int set = bits[bit >> 3] >> (7 - (bit & 7)) & 1;
      values[bit / 11] = (short) (values[bit / 11] << 1 | set);
    }
    Arrays.fill(bits, (byte) 0);
    return new Mnemonic(values, SecretBytes.copyOf(entropy));
  }

  /**
   * Reads words separated by blanks, as {@link Words} does. Refuses {@code words-count}, {@code
   * word-unknown} with its position counted from 1, and {@code words-checksum}.
   */
  public static Mnemonic parse(char[] text) {
    short[] values = new short[MOST_WORDS];
    try {
      return of(values, values(text, values));
    } finally {
      Arrays.fill(values, (short) 0);
    }
  }

  private static int values(char[] text, short[] values) {
    int count = 0;
    int at = 0;
    while (at < text.length) {
      int end = at;
      while (end < text.length && !Words.isBlank(text[end])) {
        end++;
      }
      if (end > at) {
        if (count < MOST_WORDS) {
          values[count] = value(Words.value(text, at, end), count + 1);
        }
        count++;
      }
      at = end + 1;
    }
    return count;
  }

  private static void values(char[][] words, short[] values) {
    for (int i = 0; i < words.length && i < MOST_WORDS; i++) {
      values[i] = value(Words.value(words[i]), i + 1);
    }
  }

  private static short value(int value, int position) {
    if (value < 0) {
      throw Refusal.of(Token.WORD_UNKNOWN, "position", Integer.toString(position)).exception();
    }
    return (short) value;
  }

  /**
   * The numbers in the list of words separated by blanks, the caller's to wipe; refusals as in
   * {@link #parse(char[])}, but for the checksum.
   */
  public static short[] values(char[] text) {
    short[] values = new short[MOST_WORDS];
    try {
      int count = values(text, values);
      refuseCount(count);
      return Arrays.copyOf(values, count);
    } finally {
      Arrays.fill(values, (short) 0);
    }
  }

  /** The same of one word an entry. */
  public static short[] values(char[][] words) {
    short[] values = new short[MOST_WORDS];
    try {
      values(words, values);
      refuseCount(words.length);
      return Arrays.copyOf(values, words.length);
    } finally {
      Arrays.fill(values, (short) 0);
    }
  }

  /** Reads one word an entry, for forms with a field for each; refusals as in {@link #parse}. */
  public static Mnemonic parse(char[][] words) {
    short[] values = new short[MOST_WORDS];
    try {
      values(words, values);
      return of(values, words.length);
    } finally {
      Arrays.fill(values, (short) 0);
    }
  }

  /** The words with these numbers in the list, copied; null when their checksum does not fit. */
  public static @Nullable Mnemonic fitting(short[] values) {
    return values.length < 12 || values.length > MOST_WORDS || values.length % 3 != 0
        ? null
        : fitting(values, values.length);
  }

  private static void refuseCount(int count) {
    if (count < 12 || count > MOST_WORDS || count % 3 != 0) {
      throw wrongCount();
    }
  }

  private static Mnemonic of(short[] values, int count) {
    refuseCount(count);
    Mnemonic words = fitting(values, count);
    if (words == null) {
      throw Refusal.of(Token.WORDS_CHECKSUM).exception();
    }
    return words;
  }

  private static @Nullable Mnemonic fitting(short[] values, int count) {
    byte[] bits = new byte[33];
    for (int bit = 0; bit < count * 11; bit++) {
      int set = values[bit / 11] >> (10 - bit % 11) & 1;
      bits[bit >> 3] |= (byte) (set << (7 - (bit & 7)));
    }
    int length = count * 4 / 3;
    byte[] entropy = Arrays.copyOf(bits, length);
    int checksumBits = count / 3;
    int difference = (bits[length] ^ Hashes.sha256(entropy)[0]) & 0xff;
    Arrays.fill(bits, (byte) 0);
    if (difference >> (8 - checksumBits) != 0) {
      Arrays.fill(entropy, (byte) 0);
      return null;
    }
    return new Mnemonic(Arrays.copyOf(values, count), SecretBytes.takingOver(entropy));
  }

  /** {@code words-count}, with the number of words that our own sheets have. */
  public static RefusedException wrongCount() {
    return Refusal.of(Token.WORDS_COUNT, "count", Integer.toString(MOST_WORDS)).exception();
  }

  /** Number of words. */
  public int count() {
    return values.length;
  }

  /** The word at {@code position}, counted from 1: the public list's own String, not a new one. */
  public String word(int position) {
    entropy.exposed();
    return EnglishWords.word(values[position - 1]);
  }

  /** All words in order, the caller's to wipe. */
  public char[][] words() {
    char[][] words = new char[values.length][];
    for (int i = 0; i < words.length; i++) {
      words[i] = word(i + 1).toCharArray();
    }
    return words;
  }

  /** The entropy the words stand for, a copy. */
  public SecretBytes entropy() {
    return entropy.copy();
  }

  /** The 64-byte seed: PBKDF2-HMAC-SHA512 over the words, with an empty passphrase. */
  public SecretBytes seed() {
    return seed(new byte[0]);
  }

  SecretBytes seed(byte[] passphrase) {
    byte[] text = new byte[9 * values.length];
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      String word = word(i + 1);
      if (i > 0) {
        text[n++] = ' ';
      }
      for (int k = 0; k < word.length(); k++) {
        text[n++] = (byte) word.charAt(k);
      }
    }
    byte[] password = Arrays.copyOf(text, n);
    byte[] prefix = "mnemonic".getBytes(StandardCharsets.US_ASCII);
    byte[] salt = Arrays.copyOf(prefix, prefix.length + passphrase.length);
    System.arraycopy(passphrase, 0, salt, prefix.length, passphrase.length);
    PKCS5S2ParametersGenerator pbkdf2 = new PKCS5S2ParametersGenerator(new SHA512Digest());
    pbkdf2.init(password, salt, ROUNDS);
    byte[] seed = ((KeyParameter) pbkdf2.generateDerivedParameters(512)).getKey();
    Arrays.fill(text, (byte) 0);
    Arrays.fill(password, (byte) 0);
    Arrays.fill(salt, (byte) 0);
    return SecretBytes.takingOver(seed);
  }

  @Override
  public void close() {
    Arrays.fill(values, (short) 0);
    entropy.close();
  }

  @Override
  public String toString() {
    return "Mnemonic[redacted]";
  }
}
