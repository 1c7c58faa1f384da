package org.trefoil.custody.passcode;

import org.trefoil.core.units.Hex;
import org.trefoil.custody.vectors.VectorRun;

/** Argon2id (RFC 9106) and HKDF (RFC 5869). */
public final class StretchVectors {
  private StretchVectors() {}

  public static VectorRun rfc9106(String text) {
    VectorRun run = new VectorRun("RFC 9106");
    for (String[] vector : VectorRun.lines(text, 8)) {
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

  public static VectorRun rfc5869(String text) {
    VectorRun run = new VectorRun("RFC 5869");
    for (String[] vector : VectorRun.lines(text, 4)) {
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
}
