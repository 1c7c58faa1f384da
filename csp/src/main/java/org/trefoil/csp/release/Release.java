package org.trefoil.csp.release;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.trefoil.csp.LauncherPage;
import org.trefoil.csp.Sha384;
import org.trefoil.csp.note.NoteSigner;

/**
 * The commands of those who release: {@code java -cp trefoil-csp.jar
 * org.trefoil.csp.release.Release …}. Needs no network; the signing keys stay on machines that have
 * none.
 */
public final class Release {
  private static final String USAGE =
      """
      keygen NAME FILE       makes a signing key in FILE, readable by its owner alone, and prints its public half
      sign FILE FOLDER       adds the signatures of the key in FILE to FOLDER/release and FOLDER/signatures
      log FILE FOLDER        puts FOLDER/release into the log in FOLDER/log, signed with the log's key, and writes FOLDER/proof
      verify KEYS FOLDER     says whether FOLDER holds a release that the keys in KEYS vouch for
      words LAUNCHER         the hashes that this launcher.html starts, in the words that it shows
      """;

  private Release() {}

  /** Ends with 1 when what was asked for is refused, with 2 when it is not understood. */
  public static void main(String[] args) throws IOException {
    System.exit(run(args, System.out));
  }

  /** What {@link #main} does: the arguments, where to say it, the exit code. */
  public static int run(String[] args, PrintStream out) throws IOException {
    if (args.length != 3 && !(args.length == 2 && args[0].equals("words"))) {
      out.print(USAGE);
      return 2;
    }
    try {
      switch (args[0]) {
        case "keygen" -> keygen(args[1], Path.of(args[2]), out);
        case "sign" -> sign(Path.of(args[1]), Path.of(args[2]), out);
        case "log" -> log(Path.of(args[1]), Path.of(args[2]), out);
        case "verify" -> verify(Path.of(args[1]), Path.of(args[2]), out);
        case "words" -> words(Path.of(args[1]), out);
        default -> {
          out.print(USAGE);
          return 2;
        }
      }
      return 0;
    } catch (IllegalArgumentException e) {
      out.println("Refused: " + e.getMessage());
      return 1;
    }
  }

  private static void keygen(String name, Path file, PrintStream out) throws IOException {
    NoteSigner signer = NoteSigner.make(name);
    if (Files.exists(file)) {
      throw new IllegalArgumentException(file + " is there already");
    }
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, signer.file(), StandardOpenOption.WRITE);
    out.println(signer.key().text());
  }

  private static void sign(Path key, Path folder, PrintStream out) throws IOException {
    NoteSigner signer = NoteSigner.parse(Files.readString(key));
    ReleaseManifest manifest = new ReleaseFolder(folder).sign(signer);
    out.println(signer.key().name() + " signed " + manifest.version() + " of " + manifest.commit());
  }

  private static void log(Path key, Path folder, PrintStream out) throws IOException {
    new ReleaseFolder(folder).append(NoteSigner.parse(Files.readString(key)));
    out.println("The log holds the release; " + folder.resolve(ReleaseFolder.PROOF) + " shows it.");
  }

  /** What a launcher's page tells of the release that it pins, for two who compare. */
  private static void words(Path file, PrintStream out) throws IOException {
    String launcher = Files.readString(file);
    HashWords words = HashWords.of(launcher);
    for (String line : LauncherPage.data(launcher, "pins").split("\n")) {
      if (line.startsWith("version ")) {
        out.println("Release " + line.substring("version ".length()));
      } else if (line.startsWith("loader ")) {
        out.println(words.line("Loader", hash(line)));
      } else if (line.startsWith("wasm ")) {
        out.println(words.line("Program", hash(line)));
      }
    }
  }

  private static Sha384 hash(String line) {
    return new Sha384(line.substring(line.indexOf(" sha384-") + " sha384-".length()));
  }

  private static void verify(Path keys, Path folder, PrintStream out) throws IOException {
    ReleaseKeys trusted = ReleaseKeys.parse(Files.readString(keys));
    ReleaseManifest manifest = new ReleaseFolder(folder).open(trusted);
    out.println(
        "Release "
            + manifest.version()
            + " of "
            + manifest.commit()
            + " is signed by "
            + trusted.threshold()
            + " keys at least, and in the log.");
  }
}
