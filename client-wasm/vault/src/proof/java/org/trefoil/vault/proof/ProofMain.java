package org.trefoil.vault.proof;

import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.Json;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.browser.MessagePort;

/** Entry of the test module: JSON commands in, text out, over the loader's port. */
public final class ProofMain {
  private static final int MOST = 2 * 1024 * 1024;

  private ProofMain() {}

  public static void main(String[] args) {
    MessagePort port = Globals.port();
    Bench bench = new Bench();
    port.setOnmessage(event -> port.postMessage(answer(bench, event.getData())));
    port.postMessage("ready");
  }

  private static String answer(Bench bench, String command) {
    try {
      return Json.parse(command, MOST)
          .read(
              f -> {
                return switch (f.text("do")) {
                  case "cases" -> cases(f.count("from"), f.count("count"));
                  case "vectors" -> Vectors.run(f.texts("names"), f.texts("texts"));
                  default -> bench.run(f);
                };
              });
    } catch (RefusedException e) {
      return "refused " + e.refusal();
    }
  }

  private static String cases(int from, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < from + count; i++) {
      text.append(ProofCases.digest(i)).append('\n');
    }
    return text.toString();
  }
}
