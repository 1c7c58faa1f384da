package org.trefoil.core.psbt;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;

/** Runs the SIGHASH_ALL vectors of BIP-0143. Plain Java, for the JVM and for WebAssembly. */
public final class Bip143Vectors {
  private Bip143Vectors() {}

  /** What went wrong, nothing when all is well. */
  public static List<String> failures(String vectors) {
    List<String> failures = new ArrayList<>();
    int count = 0;
    for (String line : vectors.split("\n")) {
      String[] columns = line.split("\t");
      count++;
      UnsignedTx tx = UnsignedTx.parse(Hex.parse(columns[1]));
      byte[] hash =
          new Sighash(tx)
              .segwit(
                  Integer.parseInt(columns[2]),
                  Hex.parse(columns[3]),
                  new Sats(Long.parseLong(columns[4])));
      if (!Hex.of(hash).equals(columns[5])) {
        failures.add(columns[0] + ": " + Hex.of(hash));
      }
      if (!Signatures.right(Hex.parse(columns[7]), hash, Hex.parse(columns[6]))) {
        failures.add(columns[0] + ": signature");
      }
    }
    if (count != 3) {
      failures.add("ran " + count + " vectors instead of 3");
    }
    return failures;
  }
}
