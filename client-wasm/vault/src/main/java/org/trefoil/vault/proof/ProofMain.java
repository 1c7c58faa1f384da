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
                if (!f.text("do").equals("cases")) {
                  return bench.run(f);
                }
                StringBuilder text = new StringBuilder();
                int from = f.count("from");
                int count = f.count("count");
                for (int i = from; i < from + count; i++) {
                  text.append(ProofCases.digest(i)).append('\n');
                }
                return text.toString();
              });
    } catch (RefusedException e) {
      return "refused " + e.refusal();
    }
  }
}
