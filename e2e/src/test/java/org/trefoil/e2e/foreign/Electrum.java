package org.trefoil.e2e.foreign;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.openqa.selenium.json.Json;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.e2e.harness.Tool;

/** Electrum as Debian packages it, offline: a wallet of it is made, opened and used in one call. */
final class Electrum {
  private static final String PYTHON = "/usr/bin/python3";

  private Electrum() {}

  /** What a wallet of it says; {@code psbt} and {@code tx} are empty where there is none. */
  record Said(List<String> receive, List<String> change, String psbt, String tx) {}

  /** Opens a wallet file. */
  static Said opens(Path file) {
    return ask("{\"file\":" + quoted(file.toString()) + "}");
  }

  /**
   * Types keys into its wizard.
   *
   * @param keys words of a BIP-0039 seed, or cosigners' keys in its own spelling
   */
  static Said typed(ScriptType type, String path, List<String> keys) {
    return ask("{" + wizard(type, path, keys) + "}");
  }

  /** The same, and has it sign. */
  static Said signs(ScriptType type, String path, List<String> keys, String psbt) {
    return ask("{" + wizard(type, path, keys) + ",\"psbt\":" + quoted(psbt) + "}");
  }

  private static String wizard(ScriptType type, String path, List<String> keys) {
    String kind =
        switch (type) {
          case P2WSH -> "p2wsh";
          case P2SH_P2WSH -> "p2wsh-p2sh";
          case P2SH -> "standard";
        };
    List<String> quoted = new ArrayList<>();
    for (String key : keys) {
      quoted.add(quoted(key));
    }
    return "\"wallet_type\":\"2of3\",\"kind\":\""
        + kind
        + "\",\"path\":"
        + quoted(path)
        + ",\"keys\":["
        + String.join(",", quoted)
        + "]";
  }

  private static String quoted(String text) {
    return new Json().toJson(text);
  }

  private static Said ask(String request) {
    try {
      Path script = Files.createTempFile("trefoil-electrum", ".py");
      try (InputStream in = Electrum.class.getResourceAsStream("electrum_wallet.py")) {
        Files.write(script, Objects.requireNonNull(in).readAllBytes());
      }
      Path asked = Files.writeString(Files.createTempFile("trefoil-electrum", ".json"), request);
      String command = PYTHON + " " + script + " < " + asked;
      String answer = Tool.output("sh", "-c", command);
      Files.delete(asked);
      Files.delete(script);
      return new Json().toType(answer, Said.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
