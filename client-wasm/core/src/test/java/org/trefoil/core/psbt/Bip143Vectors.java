package org.trefoil.core.psbt;

import java.util.List;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;
import org.trefoil.core.units.Splitter;
import org.trefoil.core.vectors.Outcome;

/** Runs the SIGHASH_ALL vectors of BIP-0143. Plain Java, for the JVM and for WebAssembly. */
public final class Bip143Vectors {
  private Bip143Vectors() {}

  public static Outcome run(String vectors) {
    Outcome outcome = new Outcome("BIP-0143");
    List<String> lines = Splitter.split(vectors.trim(), "\n");
    outcome.same("vectors", 3, lines.size());
    for (String line : lines) {
      List<String> columns = Splitter.split(line, "\t");
      UnsignedTx tx = UnsignedTx.parse(Hex.parse(columns.get(1)));
      byte[] hash =
          new Sighash(tx)
              .segwit(
                  Integer.parseInt(columns.get(2)),
                  Hex.parse(columns.get(3)),
                  new Sats(Long.parseLong(columns.get(4))));
      outcome.same(columns.get(0), columns.get(5), Hex.of(hash));
      boolean right = Signatures.right(Hex.parse(columns.get(7)), hash, Hex.parse(columns.get(6)));
      outcome.same(columns.get(0) + " signature", true, right);
    }
    return outcome;
  }
}
