package org.trefoil.custody.passcode;

import java.util.Arrays;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.custody.secret.SecretBytes;

/**
 * A passcode or password as typed: its UTF-8 bytes, nothing trimmed, folded or mapped.
 *
 * <p>Text must arrive in Unicode form NFC (the vault asks the browser for it; TeaVM's class library
 * has no normalizer). Whatever could still be spelled in two ways is refused and not guessed at:
 * combining marks, conjoining jamo, control characters and half surrogate pairs. So the same keys
 * pressed on another device always give the same bytes.
 */
public final class Passcode implements AutoCloseable {
  /** More characters than anybody types; the limit bounds the work done on hostile input. */
  public static final int MOST_CHARS = 1024;

  private final SecretBytes utf8;

  private Passcode(SecretBytes utf8) {
    this.utf8 = utf8;
  }

  /**
   * Copies {@code typed}; wiping the array stays the caller's duty. Refuses {@code
   * passcode-unsupported-character} with the position counted from 1, and {@code too-large}.
   */
  public static Passcode typed(char[] typed) {
    return of(typed, false);
  }

  /**
   * As {@link #typed}, for a phrase that was chosen elsewhere and can have any character: only half
   * surrogate pairs are refused.
   */
  public static Passcode foreign(char[] typed) {
    return of(typed, true);
  }

  private static Passcode of(char[] typed, boolean anything) {
    if (typed.length > MOST_CHARS) {
      throw Refusal.of(Token.TOO_LARGE).exception();
    }
    byte[] buffer = new byte[3 * typed.length];
    int n = 0;
    for (int i = 0; i < typed.length; i++) {
      char c = typed[i];
      int point = c;
      if (Character.isHighSurrogate(c)
          && i + 1 < typed.length
          && Character.isLowSurrogate(typed[i + 1])) {
        point = Character.toCodePoint(c, typed[++i]);
      } else if (anything ? Character.isSurrogate(c) : !hasOneSpelling(c)) {
        Arrays.fill(buffer, (byte) 0);
        throw Refusal.of(Token.PASSCODE_UNSUPPORTED_CHARACTER, "position", Integer.toString(i + 1))
            .exception();
      }
      n = encode(point, buffer, n);
    }
    byte[] exact = Arrays.copyOf(buffer, n);
    Arrays.fill(buffer, (byte) 0);
    return new Passcode(SecretBytes.takingOver(exact));
  }

  private static boolean hasOneSpelling(char c) {
    boolean control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    boolean combining = (c >= 0x300 && c < 0x370) || (c >= 0x1ab0 && c < 0x1b00);
    boolean combiningMore = (c >= 0x1dc0 && c < 0x1e00) || (c >= 0x20d0 && c < 0x2100);
    boolean jamo = c >= 0x1100 && c < 0x1200;
    return !(control || combining || combiningMore || jamo || Character.isSurrogate(c));
  }

  private static int encode(int point, byte[] out, int at) {
    int n = at;
    if (point < 0x80) {
      out[n++] = (byte) point;
    } else if (point < 0x800) {
      out[n++] = (byte) (0xc0 | point >> 6);
      out[n++] = (byte) (0x80 | point & 0x3f);
    } else if (point < 0x10000) {
      out[n++] = (byte) (0xe0 | point >> 12);
      out[n++] = (byte) (0x80 | point >> 6 & 0x3f);
      out[n++] = (byte) (0x80 | point & 0x3f);
    } else {
      out[n++] = (byte) (0xf0 | point >> 18);
      out[n++] = (byte) (0x80 | point >> 12 & 0x3f);
      out[n++] = (byte) (0x80 | point >> 6 & 0x3f);
      out[n++] = (byte) (0x80 | point & 0x3f);
    }
    return n;
  }

  /** Whether both hold the same text; takes as long for any text of equal length. */
  public boolean equalsInConstantTime(Passcode other) {
    return utf8.equalsInConstantTime(other.utf8);
  }

  /** The live array, not a copy. */
  public byte[] exposedUtf8() {
    return utf8.exposed();
  }

  @Override
  public void close() {
    utf8.close();
  }

  @Override
  public String toString() {
    return "Passcode[redacted]";
  }
}
