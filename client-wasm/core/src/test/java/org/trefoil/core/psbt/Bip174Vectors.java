package org.trefoil.core.psbt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Splitter;
import org.trefoil.core.vectors.Outcome;

/**
 * Runs the vectors of BIP-0174. Plain Java, so that the same class runs on the JVM and inside
 * WebAssembly.
 */
public final class Bip174Vectors {
  private final Outcome outcome = new Outcome("BIP-0174");
  private final Map<String, byte[]> walk = new HashMap<>();

  private Bip174Vectors() {}

  public static Outcome run(String vectors) {
    Bip174Vectors run = new Bip174Vectors();
    List<String> lines = Splitter.split(vectors.trim(), "\n");
    run.outcome.same("vectors", 45, lines.size());
    for (String line : lines) {
      List<String> columns = Splitter.split(line, "\t");
      run.vector(columns.get(0), columns.get(1), Hex.parse(columns.get(2)));
    }
    run.walk();
    return run.outcome;
  }

  private void vector(String kind, String description, byte[] bytes) {
    switch (kind) {
      case "invalid":
        outcome.refused(kind + ": " + description, () -> Psbt.parse(bytes));
        break;
      case "inconsistent":
        outcome.refused(kind + ": " + description, () -> Finalizer.finish(Psbt.parse(bytes)));
        break;
      case "extracted":
        walk.put(kind, bytes);
        break;
      default:
        walk.put(kind, bytes);
        same(kind + ": " + description, bytes, Psbt.parse(bytes).serialize());
        same(kind + " base64", bytes, Psbt.parseBase64(Psbt.parse(bytes).base64()).serialize());
        break;
    }
  }

  private void walk() {
    Psbt one = psbt("signed-1");
    Psbt two = psbt("signed-2");
    same("combined", step("combined"), one.combine(two).serialize());
    sameMaps("combined the other way", psbt("combined"), two.combine(one));
    Psbt finished = Finalizer.finish(psbt("combined"));
    same("finalized", step("finalized"), finished.serialize());
    same("extracted", step("extracted"), Finalizer.extract(finished).bytes());
    sameMaps(
        "unknown-combined", psbt("unknown-combined"), psbt("unknown-1").combine(psbt("unknown-2")));
    outcome.refused("unfinished", () -> Finalizer.extract(psbt("combined")));
    outcome.refused("one signature", () -> Finalizer.finish(one));
    outcome.refused("different", () -> one.combine(psbt("unknown-1")));
  }

  private byte[] step(String kind) {
    return walk.getOrDefault(kind, new byte[0]);
  }

  private Psbt psbt(String kind) {
    return Psbt.parse(step(kind));
  }

  private void same(String what, byte[] expected, byte[] found) {
    outcome.same(what, Hex.of(expected), Hex.of(found));
  }

  /** Compares without regard to the order of fields, which the BIP leaves open. */
  private void sameMaps(String what, Psbt expected, Psbt found) {
    boolean same = expected.unsignedTx().equals(found.unsignedTx());
    for (int i = 0; i < expected.inputs().size(); i++) {
      same &= sameFields(expected.inputs().get(i).map(), found.inputs().get(i).map());
    }
    for (int i = 0; i < expected.outputs().size(); i++) {
      same &= sameFields(expected.outputs().get(i).map(), found.outputs().get(i).map());
    }
    outcome.same(what, true, same);
  }

  private static boolean sameFields(PsbtMap a, PsbtMap b) {
    boolean same = a.fields().length == b.fields().length;
    for (PsbtField field : a.fields()) {
      same &= b.has(field);
    }
    return same;
  }
}
