package org.trefoil.e2e.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trefoil.csp.LauncherPage;

/** The launcher of the jar under test, as somebody saved it; and the same with other pins. */
final class LauncherFile {
  private static final Pattern PINS =
      Pattern.compile("<script type=\"application/octet-stream\" id=\"pins\">([^<]+)</script>\n");

  private LauncherFile() {}

  /** The file that the server offers. */
  static String served() {
    return new String(ReleaseInHand.asset("launcher.html"), StandardCharsets.UTF_8);
  }

  /** What a launcher pins. */
  static String pins(String html) {
    return LauncherPage.data(html, "pins");
  }

  /** The same launcher, as a build with other pins would have made it. */
  static String pinning(String html, String pins) {
    return PINS.matcher(html)
        .replaceFirst(Matcher.quoteReplacement(LauncherPage.block("pins", pins)));
  }

  /** The same launcher with pins that nobody can read, as a broken disk would leave it. */
  static String damaged(String html) {
    return PINS.matcher(html)
        .replaceFirst(Matcher.quoteReplacement(LauncherPage.block("pins", "x").replace("=", "!")));
  }

  /** Saves a launcher to a disk; its address there. */
  static String saved(String html) {
    try {
      Path folder = Files.createTempDirectory("trefoil-launcher");
      return Files.writeString(folder.resolve("launcher.html"), html).toUri().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
