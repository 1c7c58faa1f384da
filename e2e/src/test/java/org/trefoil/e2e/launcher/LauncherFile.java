package org.trefoil.e2e.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trefoil.csp.LauncherPage;
import org.trefoil.e2e.harness.RunningServer;

/** The launcher of the jar under test, as somebody saved it; and the same with other pins. */
final class LauncherFile {
  private static final Pattern PINS =
      Pattern.compile("<script type=\"application/octet-stream\" id=\"pins\">([^<]+)</script>\n");

  private LauncherFile() {}

  /** The file that the server offers. */
  static String served() {
    try (JarFile jar = new JarFile(RunningServer.jar().toFile())) {
      byte[] file = jar.getInputStream(jar.getEntry("web/assets/launcher.html")).readAllBytes();
      return new String(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a launcher pins. */
  static String pins(String html) {
    Matcher pins = PINS.matcher(html);
    if (!pins.find()) {
      throw new AssertionError("the launcher has no pins");
    }
    return new String(Base64.getDecoder().decode(pins.group(1)), StandardCharsets.UTF_8);
  }

  /** The same launcher, as a build with other pins would have made it. */
  static String pinning(String html, String pins) {
    return PINS.matcher(html)
        .replaceFirst(Matcher.quoteReplacement(LauncherPage.block("pins", pins)));
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
