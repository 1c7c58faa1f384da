package org.trefoil.e2e.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.trefoil.csp.log.LogFiles;
import org.trefoil.csp.note.NoteSigner;
import org.trefoil.csp.note.SignedNote;
import org.trefoil.csp.release.ReleaseFolder;
import org.trefoil.csp.release.ReleaseKeys;
import org.trefoil.csp.release.ReleaseManifest;
import org.trefoil.e2e.harness.RunningServer;

/** The jar under test as a release of two people, in the log behind an earlier one. */
final class ReleaseInHand {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final byte[] EARLIER = "the release before".getBytes(StandardCharsets.UTF_8);

  private final NoteSigner ada = NoteSigner.make("ada");
  private final NoteSigner ben = NoteSigner.make("ben");
  private final NoteSigner log = NoteSigner.make("log.example");
  private final Path folder;
  private final String manifest;

  private ReleaseInHand(Path folder, String manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /** Written by the jar itself, signed and logged as its makers would. */
  static ReleaseInHand make() {
    try {
      Path folder = Files.createTempDirectory("trefoil-release").resolve("release");
      writtenBy(RunningServer.jar(), folder);
      ReleaseInHand made =
          new ReleaseInHand(folder, Files.readString(folder.resolve(ReleaseFolder.RELEASE)));
      Files.writeString(folder.resolve(ReleaseFolder.KEYS), made.keys().text());
      new ReleaseFolder(folder).sign(made.ada);
      new ReleaseFolder(folder).sign(made.ben);
      for (Map.Entry<String, byte[]> file : made.logOf(List.of(EARLIER)).entrySet()) {
        Path at = folder.resolve(ReleaseFolder.LOG + file.getKey());
        Files.createDirectories(at.getParent());
        Files.write(at, file.getValue());
      }
      new ReleaseFolder(folder).append(made.log);
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writtenBy(Path jar, Path folder) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(java, "-jar", jar.toString(), "write-release", COMMIT, folder.toString())
            .inheritIO()
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError("the jar writes no release");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Path folder() {
    return folder;
  }

  ReleaseManifest manifest() {
    return ReleaseManifest.parse(manifest);
  }

  /** The signatures that travel with its assets. */
  String signatures() {
    try {
      return Files.readString(folder.resolve(ReleaseFolder.SIGNATURES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An asset of the jar, not packed. */
  static byte[] asset(String path) {
    try (JarFile jar = new JarFile(RunningServer.jar().toFile())) {
      return jar.getInputStream(jar.getEntry("web/assets/" + path)).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two of two, and the log's. */
  ReleaseKeys keys() {
    return new ReleaseKeys(2, List.of(ada.key(), ben.key()), log.key());
  }

  /** Keys of people and of a log that have nothing to do with any release. */
  static String strangersKeys() {
    return new ReleaseKeys(
            1, List.of(NoteSigner.make("cleo").key()), NoteSigner.make("log.example").key())
        .text();
  }

  /** The release with one signature less. */
  String signedByOne() {
    return signedBy(ada);
  }

  /** The release with a signature of somebody whom nobody pinned. */
  String signedByAStranger() {
    return signedBy(ada, NoteSigner.make("ben"));
  }

  private String signedBy(NoteSigner... signers) {
    SignedNote note = SignedNote.of(manifest);
    for (NoteSigner signer : signers) {
      note = note.signed(signer);
    }
    return note.note();
  }

  /** The log as it was before this release, its newest checkpoint signed by the log. */
  String checkpointBefore() {
    return text(logOf(List.of(EARLIER)).get(LogFiles.CHECKPOINT));
  }

  /** A checkpoint of the log's own key over another history of that many entries. */
  String rewritten(int entries) {
    List<byte[]> other = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      other.add(("another release " + i).getBytes(StandardCharsets.UTF_8));
    }
    return text(logOf(other).get(LogFiles.CHECKPOINT));
  }

  private Map<String, byte[]> logOf(List<byte[]> entries) {
    return LogFiles.of(entries, log);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
