package org.trefoil.server.http;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  /** As {@code Evidence} of the room {@code spend} writes it; older rows have less, or none. */
  private static final Pattern EVIDENCE =
      Pattern.compile("[0-9a-f]{64}, rules ([0-9]+|broken), ([a-z-]+)(?:, ([a-z -]+))?");

  /** What {@code HeadNote} of the room {@code rules} puts at the end is for programs. */
  private static final Pattern HEAD = Pattern.compile("(, )?head [0-9]+\\.[0-9]+ [0-9a-f]{64}$");

  /** What a person reads; a kind that has no sentence stands there under our name for it. */
  String of(Happening happening) {
    String about = happening.about();
    String noted = happening.detail();
    String detail = noted == null ? "" : HEAD.matcher(noted).replaceFirst("");
    Matcher evidence = EVIDENCE.matcher(detail);
    boolean told = evidence.matches();
    return sentences
        .getProperty(happening.kind(), happening.kind().replace('-', ' '))
        .replace("{wallet}", about == null ? "a wallet" : "“" + about + "”")
        .replace("{evidence}", told ? evidence(evidence.group(1), evidence.group(2)) : "")
        .replace("{under}", told ? under(evidence.group(1)) : "")
        .replace("{reasons}", told ? reasons(evidence.group(3)) : "")
        .replace("{why}", why(told ? evidence.group(3) : detail))
        .replace("{reason}", reasons(told ? evidence.group(3) : detail))
        .replace("{detail}", detail)
        .strip();
  }

  private static String evidence(String version, String factor) {
    String by =
        switch (factor) {
          case "passkey" -> ", a passkey";
          case "code" -> ", a code of the app";
          case "recovery-code" -> ", a recovery code";
          default -> ", given before it waited";
        };
    return by + under(version);
  }

  private static String under(String version) {
    return switch (version) {
      case "0" -> "";
      case "broken" -> ", while its rules could not be read";
      default -> ", under version " + version + " of its rules";
    };
  }

  /** The sentences of the refusals that were noted. */
  private String reasons(@Nullable String tokens) {
    return tokens == null || tokens.isEmpty()
        ? ""
        : Stream.of(tokens.split(" ")).map(refusals::of).collect(joining(" "));
  }

  /** Why a send waits, of the tokens that were noted. */
  private static String why(@Nullable String tokens) {
    return tokens == null || tokens.isEmpty()
        ? ""
        : Stream.of(tokens.split(" ")).map(Happenings::reason).collect(joining(", ", ": ", ""));
  }

  private static String reason(String token) {
    return switch (token) {
      case "hold-amount" -> "it is above an amount";
      case "hold-first-time" -> "an address is paid for the first time";
      case "hold-new-device" -> "the browser is new";
      case "hold-new-keys" -> "the keys that it goes to are new";
      case "needs-approval" -> "others have to agree";
      default -> token;
    };
  }
}
