package org.trefoil.server.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the commands of the operator reach a running server: a folder in the data folder, its owner's
 * alone, where a command leaves a request and the server leaves the answer. No port, no password.
 */
final class Desk {
  /** How often the server looks. */
  static final Duration EVERY = Duration.ofMillis(300);

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
  private static final String REQUEST = ".request";
  private static final String ANSWER = ".answer";
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(15);
  private static final Duration DONE_WITHIN = Duration.ofHours(1);

  private final Path folder;
  private final Map<String, Command> commands;

  /**
   * What the server does on request; the answer is a sentence, as is the message of what it throws.
   */
  interface Command {
    String run(String argument) throws IOException;
  }

  private Desk(Path folder, Map<String, Command> commands) {
    this.folder = folder;
    this.commands = Map.copyOf(commands);
  }

  /** Opens the desk of a data folder; whatever lay there is of the past. */
  static Desk open(Path data, Map<String, Command> commands) throws IOException {
    Path folder = folder(data);
    if (!Files.isDirectory(folder)) {
      if (posix(data)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(folder);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path old : files.toList()) {
        Files.delete(old);
      }
    }
    return new Desk(folder, commands);
  }

  /** Does what was asked for meanwhile. */
  void look() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(REQUEST)).sorted().toList()) {
        serve(file);
      }
    } catch (IOException e) {
      LOG.warn("The desk {} cannot be read", folder, e);
    }
  }

  private void serve(Path file) throws IOException {
    Properties request = read(file);
    Files.delete(file); // taken: whatever comes of it, it is not done twice
    String verb = request.getProperty("verb", "");
    Command command = commands.get(verb);
    Properties answer = new Properties();
    try {
      String text = command == null ? "" : command.run(request.getProperty("argument", ""));
      answer.setProperty(command == null ? "no" : "yes", command == null ? unknown(verb) : text);
      LOG.info("The operator asked for {}: done", verb);
    } catch (IOException | RuntimeException e) {
      answer.setProperty("no", String.valueOf(e.getMessage()));
      LOG.warn("The operator asked for {}: {}", verb, e.getMessage());
    }
    write(file.resolveSibling(file.getFileName().toString().replace(REQUEST, ANSWER)), answer);
  }

  private static String unknown(String verb) {
    return "The server does not know the command " + verb + "; it is of another version.";
  }

  /**
   * Asks the server that runs on the data folder.
   *
   * @throws StartRefused with its sentence when it says no, or ours when it does not answer
   */
  static String ask(Path data, String verb, String argument) throws IOException {
    Path folder = folder(data);
    String name = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path request = folder.resolve(name + REQUEST);
    Path answer = folder.resolve(name + ANSWER);
    Properties asked = new Properties();
    asked.setProperty("verb", verb);
    asked.setProperty("argument", argument);
    try {
      write(request, asked);
    } catch (NoSuchFileException e) {
      throw new StartRefused("The server on " + data + " takes no commands; is it still starting?");
    }
    Duration waited = Duration.ZERO;
    while (!Files.exists(answer)) {
      boolean taken = !Files.exists(request);
      if (!taken && waited.compareTo(TAKEN_WITHIN) > 0) {
        Files.deleteIfExists(request);
        throw new StartRefused(
            "The server on "
                + data
                + " does not answer. Run this as the user that the server runs as.");
      }
      if (waited.compareTo(DONE_WITHIN) > 0) {
        throw new StartRefused("The server on " + data + " did not finish; look into its log.");
      }
      pause();
      waited = waited.plus(STEP);
    }
    Properties said = read(answer);
    Files.delete(answer);
    String no = said.getProperty("no");
    if (no != null) {
      throw new StartRefused(no);
    }
    return said.getProperty("yes", "");
  }

  private static void pause() {
    try {
      Thread.sleep(STEP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("Interrupted.");
    }
  }

  private static Path folder(Path data) {
    return data.resolve("desk");
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return properties;
  }

  /** All of it at once, under its name. */
  private static void write(Path file, Properties properties) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (OutputStream out = Files.newOutputStream(part)) {
      properties.store(out, null);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
