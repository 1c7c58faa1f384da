package org.trefoil.core.psbt;

import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;
import org.trefoil.core.vectors.Outcome;

/** Runs the SIGHASH_ALL vectors of BIP-0143. Plain Java, for the JVM and for WebAssembly. */
public final class Bip143Vectors {
  private Bip143Vectors() {}

  public static Outcome run(String vectors) {
    Outcome outcome = new Outcome("BIP-0143");
    String[] lines = vectors.split("\n");
    outcome.same("vectors", 3, lines.length);
    for (String line : lines) {
      String[] columns = line.split("\t");
      UnsignedTx tx = UnsignedTx.parse(Hex.parse(columns[1]));
      byte[] hash =
          new Sighash(tx)
              .segwit(
                  Integer.parseInt(columns[2]),
                  Hex.parse(columns[3]),
                  new Sats(Long.parseLong(columns[4])));
      outcome.same(columns[0], columns[5], Hex.of(hash));
      boolean right = Signatures.right(Hex.parse(columns[7]), hash, Hex.parse(columns[6]));
      outcome.same(columns[0] + " signature", true, right);
    }
    return outcome;
  }
}
