package org.trefoil.core.ur;

import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.psbt.Psbt;

/** What both directions share: names, limits, the few kinds of CBOR. */
final class Ur {
  static final String SCHEME = "ur:";

  /** The name of a PSBT since BCR-2020-006; newer software also says {@code psbt}. */
  static final String PSBT = "crypto-psbt";

  static final String PSBT_TOO = "psbt";

  /** The largest PSBT and the head that CBOR puts before it. */
  static final int MOST_BYTES = Psbt.MOST_BYTES + 5;

  /** Parts that a message may be cut into; a person who films more gives up before. */
  static final int MOST_PARTS = 1_000;

  private Ur() {}

  static RefusedException malformed(String reason) {
    return Refusal.of(Token.UR_MALFORMED, "reason", reason).exception();
  }

  /** A byte string as CBOR. */
  static byte[] wrapped(byte[] bytes) {
    CborSink out = new CborSink(bytes.length + 5);
    out.head(CborSink.BYTES, bytes.length);
    out.put(bytes);
    return out.toBytes();
  }

  /** The byte string that a CBOR text is, and nothing else. */
  static byte[] unwrapped(byte[] cbor) {
    CborSource in = new CborSource(cbor);
    byte[] bytes = in.bytes();
    in.end();
    return bytes;
  }

  /** With small letters for capitals, of the Latin alphabet alone. */
  static String small(String text) {
    char[] letters = text.toCharArray();
    for (int i = 0; i < letters.length; i++) {
      if (letters[i] >= 'A' && letters[i] <= 'Z') {
        letters[i] += 32;
      }
    }
    return new String(letters);
  }
}
