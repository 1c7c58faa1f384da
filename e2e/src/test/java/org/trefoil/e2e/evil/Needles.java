package org.trefoil.e2e.evil;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitcoinj.base.Base58;
import org.trefoil.core.units.Utf8;

/**
 * Secrets in every form in which they might lie in a haystack of bytes: as they are, reversed,
 * UTF-16, hexadecimal, base58, and base64 in both alphabets at each of the three alignments.
 */
public final class Needles {
  private final Map<String, byte[]> forms = new LinkedHashMap<>();

  public Needles text(String name, String secret) {
    forms.put(name + " in UTF-16", secret.getBytes(StandardCharsets.UTF_16BE));
    forms.put(name + " in UTF-16LE", secret.getBytes(StandardCharsets.UTF_16LE));
    forms.put(name + " in URL form", Utf8.of(secret.replace(" ", "%20")));
    forms.put(name + " in form coding", Utf8.of(secret.replace(" ", "+")));
    return bytes(name, Utf8.of(secret));
  }

  public Needles bytes(String name, byte[] original) {
    byte[] secret = original.clone(); // the original is wiped when its owner is closed
    forms.put(name, secret);
    forms.put(name + " reversed", reversed(secret));
    for (byte[] one : List.of(secret, reversed(secret))) {
      String which = one == secret ? name : name + " reversed";
      forms.put(which + " in hex", Utf8.of(HexFormat.of().formatHex(one)));
      forms.put(
          which + " in upper hex", Utf8.of(HexFormat.of().formatHex(one).toUpperCase(Locale.ROOT)));
      forms.put(which + " in base58", Utf8.of(Base58.encode(one)));
      for (int shift = 0; shift < 3; shift++) {
        forms.put(
            which + " in base64 +" + shift, Utf8.of(shifted(Base64.getEncoder(), one, shift)));
        forms.put(
            which + " in base64url +" + shift,
            Utf8.of(shifted(Base64.getUrlEncoder(), one, shift)));
      }
    }
    return this;
  }

  /** How many forms are looked for. */
  int count() {
    return forms.size();
  }

  /** The forms that occur in {@code hay}, each with {@code place}. */
  public List<String> in(String place, byte[] hay) {
    List<String> found = new ArrayList<>();
    forms.forEach(
        (name, needle) -> {
          if (indexOf(hay, needle) >= 0) {
            found.add(name + " in " + place);
          }
        });
    return found;
  }

  /** The characters of the base64 text that depend on {@code secret} alone. */
  private static String shifted(Base64.Encoder encoder, byte[] secret, int shift) {
    byte[] padded = new byte[secret.length + shift];
    System.arraycopy(secret, 0, padded, shift, secret.length);
    String text = encoder.withoutPadding().encodeToString(padded);
    int from = shift == 0 ? 0 : shift + 1;
    int to = padded.length % 3 == 0 ? text.length() : text.length() - 1;
    return text.substring(from, to);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] turned = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      turned[i] = bytes[bytes.length - 1 - i];
    }
    return turned;
  }

  private static int indexOf(byte[] hay, byte[] needle) {
    outer:
    for (int at = 0; at <= hay.length - needle.length; at++) {
      for (int i = 0; i < needle.length; i++) {
        if (hay[at + i] != needle[i]) {
          continue outer;
        }
      }
      return at;
    }
    return -1;
  }
}
