package org.trefoil.core.psbt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trefoil.core.RefusedException;
import org.trefoil.core.units.Hex;

/**
 * Runs the vectors of BIP-0174. Plain Java, so that the same class runs on the JVM and inside
 * WebAssembly.
 */
public final class Bip174Vectors {
  private final List<String> failures = new ArrayList<>();
  private final Map<String, byte[]> walk = new HashMap<>();
  private int count;

  private Bip174Vectors() {}

  /** What went wrong, nothing when all is well. */
  public static List<String> failures(String vectors) {
    Bip174Vectors run = new Bip174Vectors();
    for (String line : vectors.split("\n")) {
      String[] columns = line.split("\t", -1);
      run.vector(columns[0], columns[1], Hex.parse(columns[2]));
    }
    run.walk();
    if (run.count != 45) {
      run.failures.add("ran " + run.count + " vectors instead of 45");
    }
    return run.failures;
  }

  private void vector(String kind, String description, byte[] bytes) {
    count++;
    switch (kind) {
      case "invalid":
        refuses(kind + ": " + description, () -> Psbt.parse(bytes));
        break;
      case "inconsistent":
        refuses(kind + ": " + description, () -> Finalizer.finish(Psbt.parse(bytes)));
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
    refuses("unfinished", () -> Finalizer.extract(psbt("combined")));
    refuses("one signature", () -> Finalizer.finish(one));
    refuses("different", () -> one.combine(psbt("unknown-1")));
  }

  private byte[] step(String kind) {
    return walk.getOrDefault(kind, new byte[0]);
  }

  private Psbt psbt(String kind) {
    return Psbt.parse(step(kind));
  }

  private void same(String what, byte[] expected, byte[] found) {
    if (!Arrays.equals(expected, found)) {
      failures.add(what + ": " + Hex.of(found));
    }
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
    if (!same) {
      failures.add(what);
    }
  }

  private static boolean sameFields(PsbtMap a, PsbtMap b) {
    boolean same = a.fields().length == b.fields().length;
    for (PsbtField field : a.fields()) {
      same &= b.has(field);
    }
    return same;
  }

  private void refuses(String what, Runnable task) {
    try {
      task.run();
      failures.add(what + ": not refused");
    } catch (RefusedException e) {
      // Just what the vector asks for; any other exception goes up.
    }
  }
}
