import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Writes the refusal sentences of the web module as a class of the vault, which cannot fetch: one source of truth. Arguments: properties, folder to write. */
public final class WriteSentences {
  public static void main(String[] args) throws IOException {
    Properties sentences = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(args[0]), StandardCharsets.UTF_8)) {
      sentences.load(in);
    }
    Map<String, String> sorted = new TreeMap<>();
    sentences.forEach((token, sentence) -> sorted.put((String) token, (String) sentence));
    StringBuilder java = new StringBuilder("package org.trefoil.vault.view;\n\n/** Refusal sentences by token; generated from web/refusals.properties. */\nfinal class Sentences {\n  private Sentences() {}\n\n  static String of(String token) {\n    return switch (token) {\n");
    sorted.forEach((token, sentence) -> java.append("      case ").append(quoted(token)).append(" -> ").append(quoted(sentence)).append(";\n"));
    java.append("      default -> \"This was refused (\" + token + \"). Reload the page.\";\n    };\n  }\n}\n");
    Path target = Path.of(args[1], "org", "trefoil", "vault", "view", "Sentences.java");
    Files.createDirectories(target.getParent());
    Files.writeString(target, java);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
