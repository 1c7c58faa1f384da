package org.trefoil.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.csp.release.ReleaseFolder;
import org.trefoil.server.config.ReleaseNumber;
import org.trefoil.server.http.OwnRelease;

/**
 * This jar as a release: which version it is, its manifest, whether it is the one that was signed.
 */
final class Releases {
  private static final String UNPACKAGED = "unpackaged";

  private Releases() {}

  /** The version in the jar's own manifest. */
  static String version() {
    return Optional.ofNullable(Releases.class.getPackage().getImplementationVersion())
        .orElse(UNPACKAGED);
  }

  /** Writes the manifest that those who release sign, as {@code FOLDER/release}. */
  static String write(String commit, Path folder) throws IOException {
    String text;
    try {
      text = OwnRelease.of(version(), commit).text();
    } catch (IllegalArgumentException e) {
      throw new StartRefused("That cannot be released: " + e.getMessage() + ".");
    }
    Path file = folder.resolve(ReleaseFolder.RELEASE);
    if (Files.exists(file)) {
      throw new StartRefused(file + " is there already; give a release a place of its own.");
    }
    Files.createDirectories(folder);
    Files.writeString(file, text);
    return "Written to " + file + ", to be signed on machines without a network.";
  }

  /** Refuses to start where this jar's own pages would not be answered. */
  static void answersItself(@Nullable ReleaseNumber least) {
    ReleaseNumber own = ReleaseNumber.parse(version()).orElse(least);
    if (least != null && own != null && own.compareTo(least) < 0) {
      throw new StartRefused(
          "--min-client "
              + least
              + " would refuse this server's own pages, which are "
              + own
              + ".");
    }
  }

  /** Refuses to start as a release that this jar is not. */
  static void check(@Nullable Path folder) throws IOException {
    if (folder == null) {
      return;
    }
    try {
      OwnRelease.check(new ReleaseFolder(folder), version());
    } catch (IllegalArgumentException e) {
      throw new StartRefused("--release " + folder + ": " + e.getMessage());
    }
  }
}
