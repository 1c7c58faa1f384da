package org.trefoil.core.ur;

/**
 * A message as texts for QR codes: one if it fits, else parts without end, of which whoever films
 * them needs any few more than there are fragments (BCR-2020-005).
 */
public final class UrEncoder {
  private static final int LEAST_FRAGMENT = 10;

  private final String type;
  private final byte[] message;
  private final int fragment;
  private final int count;
  private final int checksum;
  private final Mixture mixture;

  /**
   * A PSBT, {@code ur:crypto-psbt} (BCR-2020-006).
   *
   * @param psbt binary form
   * @param most bytes of the message that one QR code carries
   */
  public static UrEncoder psbt(byte[] psbt, int most) {
    return new UrEncoder(Ur.PSBT, Ur.wrapped(psbt), most);
  }

  UrEncoder(String type, byte[] message, int most) {
    this.type = type;
    this.message = message;
    this.fragment = fragmentLength(message.length, LEAST_FRAGMENT, most);
    this.count = (message.length + fragment - 1) / fragment;
    this.checksum = Crc32.of(message, message.length);
    this.mixture = new Mixture(count);
  }

  /** Bytes of each fragment: even ones, as few as keep below {@code most}. */
  static int fragmentLength(int length, int least, int most) {
    int fragments = 1;
    int each = length;
    while (each > most && fragments < Math.max(1, length / least)) {
      fragments++;
      each = (length + fragments - 1) / fragments;
    }
    return each;
  }

  /** How many fragments there are; with one, {@link #part} is always the whole. */
  public int count() {
    return count;
  }

  /** The text of a part, counted from 1, in capitals as QR codes take them best. */
  public String part(int number) {
    return capitals(text(number));
  }

  String text(int number) {
    if (count == 1) {
      return Ur.SCHEME + type + "/" + Bytewords.encode(message);
    }
    return Ur.SCHEME + type + "/" + number + "-" + count + "/" + Bytewords.encode(cbor(number));
  }

  /** {@code [number, count, length of the message, its checksum, data]}. */
  byte[] cbor(int number) {
    byte[] data = new byte[fragment];
    for (int index : mixture.of(number, checksum)) {
      int from = index * fragment;
      for (int i = 0; i < fragment && from + i < message.length; i++) {
        data[i] ^= message[from + i];
      }
    }
    return new CborSink(fragment + 24)
        .head(CborSink.ARRAY, 5)
        .head(CborSink.UNSIGNED, number)
        .head(CborSink.UNSIGNED, count)
        .head(CborSink.UNSIGNED, message.length)
        .head(CborSink.UNSIGNED, checksum & 0xffffffffL)
        .head(CborSink.BYTES, fragment)
        .put(data)
        .toBytes();
  }

  private static String capitals(String text) {
    char[] letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      if (letters[i] >= 'a' && letters[i] <= 'z') {
        letters[i] -= 32;
      }
    }
    return new String(letters);
  }
}
