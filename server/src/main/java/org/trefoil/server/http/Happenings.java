package org.trefoil.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.trefoil.server.http.Services.Happening;

/**
 * The sentence for each kind of event in an account's record, from {@code web/record.properties}.
 */
final class Happenings {
  private final Properties sentences = new Properties();
  private final Sentences refusals;

  Happenings(Sentences refusals) {
    this.refusals = refusals;
    try (InputStream in =
        Happenings.class.getClassLoader().getResourceAsStream("web/record.properties")) {
      sentences.load(
          new InputStreamReader(
              Objects.requireNonNull(in, "web/record.properties"), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a person reads; a kind that has no sentence stands there under our name for it. */
  String of(Happening happening) {
    String about = happening.about();
    String detail = happening.detail();
    return sentences
        .getProperty(happening.kind(), happening.kind().replace('-', ' '))
        .replace("{wallet}", about == null ? "a wallet" : "“" + about + "”")
        .replace("{reason}", detail == null ? "" : refusals.of(detail))
        .replace("{detail}", detail == null ? "" : detail)
        .strip();
  }
}
