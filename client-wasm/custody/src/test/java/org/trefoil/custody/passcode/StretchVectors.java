package org.trefoil.custody.passcode;

import java.util.List;
import org.trefoil.core.units.Hex;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.entropy.Entropy;

/** Argon2id (RFC 9106) and HKDF (RFC 5869). */
public final class StretchVectors {
  private StretchVectors() {}

  public static Outcome rfc9106(String text) {
    Outcome run = new Outcome("RFC 9106");
    for (String[] vector : Outcome.columns(text, 8)) {
      Stretch.Params params =
          new Stretch.Params(
              Integer.parseInt(vector[4]),
              Integer.parseInt(vector[5]),
              Integer.parseInt(vector[6]));
      try (Argon2id argon2 =
          new Argon2id(
              Hex.parse(vector[0]),
              Hex.parse(vector[1]),
              Hex.parse(vector[2]),
              Hex.parse(vector[3]),
              params,
              vector[7].length() / 2)) {
        run.same(vector[0], vector[7], Hex.of(argon2.run()));
      }
    }
    return run;
  }

  public static Outcome rfc5869(String text) {
    Outcome run = new Outcome("RFC 5869");
    for (String[] vector : Outcome.columns(text, 4)) {
      byte[] out =
          StretchedKey.hkdf(
              Hex.parse(vector[0]),
              Hex.parse(vector[1]),
              Hex.parse(vector[2]),
              vector[3].length() / 2);
      run.same(vector[3], vector[3], Hex.of(out));
    }
    return run;
  }

  /** What a random case gives: a small Argon2id, HKDF, and the judgement of a made-up passcode. */
  public static String seeded(Entropy entropy, int number) {
    byte[] sizes = entropy.bytes(8);
    int lanes = 1 + (sizes[0] & 1);
    Stretch.Params params = new Stretch.Params(16 + (sizes[1] & 63), 1 + (sizes[2] & 1), lanes);
    byte[] password = entropy.bytes(sizes[3] & 31);
    byte[] salt = entropy.bytes(16);
    byte[] none = new byte[0];
    try (Argon2id argon2 = new Argon2id(password, salt, none, none, params, 32)) {
      byte[] tag = argon2.run();
      byte[] derived = StretchedKey.hkdf(tag, salt, password, 40);
      char[] phrase = new char[4 + (sizes[4] & 31)];
      byte[] letters = entropy.bytes(phrase.length);
      for (int i = 0; i < phrase.length; i++) {
        phrase[i] = (char) (' ' + (letters[i] & 127) % 95);
      }
      Strength strength = Strength.ofPasscode(phrase, List.of("case " + number));
      return Hex.of(tag) + Hex.of(derived) + strength.bits() + strength.level();
    }
  }
}
