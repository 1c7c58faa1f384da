import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the refusal sentences of the web module as a class of the vault, which cannot fetch: one source of truth. Only tokens that
 * the code below the vault names get in. Arguments: properties, folder to write, folders of sources.
 */
public final class WriteSentences {
  private static final Pattern TOKEN = Pattern.compile("Token\\.([A-Z][A-Z0-9_]+)");

  public static void main(String[] args) throws IOException {
    Properties sentences = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(args[0]), StandardCharsets.UTF_8)) {
      sentences.load(in);
    }
    Set<String> named = new HashSet<>();
    for (int i = 2; i < args.length; i++) {
      addNamed(Path.of(args[i]), named);
    }
    Map<String, String> sorted = new TreeMap<>();
    sentences.forEach(
        (token, sentence) -> {
          if (named.contains(token)) {
            sorted.put((String) token, (String) sentence);
          }
        });
    StringBuilder java = new StringBuilder("package org.trefoil.vault.view;\n\n/** Refusal sentences by token; generated from web/refusals.properties. */\nfinal class Sentences {\n  private Sentences() {}\n\n  static String of(String token) {\n    return switch (token) {\n");
    sorted.forEach((token, sentence) -> java.append("      case ").append(quoted(token)).append(" -> ").append(quoted(sentence)).append(";\n"));
    java.append("      default -> \"This was refused (\" + token + \"). Reload the page.\";\n    };\n  }\n}\n");
    Path target = Path.of(args[1], "org", "trefoil", "vault", "view", "Sentences.java");
    Files.createDirectories(target.getParent());
    Files.writeString(target, java);
  }

  /** Tokens by their constants' names, {@code Token.FEE_TOO_HIGH} as {@code fee-too-high}. */
  private static void addNamed(Path folder, Set<String> named) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher found = TOKEN.matcher(Files.readString(file));
        while (found.find()) {
          named.add(found.group(1).toLowerCase(Locale.ROOT).replace('_', '-'));
        }
      }
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
