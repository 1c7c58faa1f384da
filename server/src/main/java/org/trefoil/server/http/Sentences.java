package org.trefoil.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trefoil.core.Refusal;

/** The sentence for each refusal, from {@code web/refusals.properties}. */
final class Sentences {
  private static final Pattern VALUE = Pattern.compile("\\{([a-zA-Z]+)}");

  private final Properties sentences = new Properties();

  Sentences() {
    try (InputStream in =
        Sentences.class.getClassLoader().getResourceAsStream("web/refusals.properties")) {
      sentences.load(
          new InputStreamReader(
              Objects.requireNonNull(in, "web/refusals.properties"), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a person reads; values that the refusal does not carry are left out. */
  String of(Refusal refusal) {
    return filled(refusal.token(), refusal.data());
  }

  /** The sentence of a token that carries no value. */
  String of(String token) {
    return filled(token, Map.of());
  }

  /** The sentence for the refusal's state, {@code token.state}, where there is one. */
  private String filled(String token, Map<String, String> data) {
    String plain = sentences.getProperty(token, "This was refused (" + token + ").");
    String sentence = sentences.getProperty(token + "." + data.get("state"), plain);
    return VALUE
        .matcher(sentence)
        .replaceAll(match -> Matcher.quoteReplacement(data.getOrDefault(match.group(1), "")));
  }
}
