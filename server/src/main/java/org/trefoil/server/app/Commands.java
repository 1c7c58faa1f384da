package org.trefoil.server.app;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trefoil.server.config.Config;
import org.trefoil.server.config.ConfigReader;
import org.trefoil.server.fence.Fence;
import org.trefoil.server.jobs.Clockwork.Job;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.store.JdbiFactorStore;
import org.trefoil.server.store.JdbiFenceStore;

/**
 * The commands of the operator: {@code java -jar trefoil.jar backup FILE --data DIR}. A server that
 * is running on the data folder carries them out itself; otherwise they are done here.
 */
final class Commands {
  static final String HELP =
      """

        java -jar trefoil.jar backup FILE --data DIR      everything but the key file, also while the server runs
        java -jar trefoil.jar restore FILE --data NEWDIR  into a new folder that holds server.key; signs nothing yet
        java -jar trefoil.jar retire --for COPY --data DIR  never sign again here; prints the copy's release code
        java -jar trefoil.jar release CODE --data DIR     let a restored copy sign
        java -jar trefoil.jar release --old-machine-is-destroyed --data DIR
        java -jar trefoil.jar rotate-key --data DIR       a new key for server.key, while the server is stopped
        java -jar trefoil.jar write-release COMMIT DIR    the manifest of what this jar serves, to be signed
        java -jar trefoil.jar verify-audit --data DIR     check that nobody edited the record of what happened
        java -jar trefoil.jar verify-audit FILE [EARLIER] the same of a file of it, and that it goes on from an earlier one
        java -jar trefoil.jar verify-proof FILE           check what passkeys confirmed of a send, by the file of its page
        java -jar trefoil.jar signer --data DIR --socket PATH [--socket-group GROUP]  hold the server's keys, for --signer PATH
        java -jar trefoil.jar export-audit FILE --data DIR  write all of it to a file, also while the server runs
      """;

  private static final String BACKUP = "backup";
  private static final String RESTORE = "restore";
  private static final String RETIRE = "retire";
  private static final String RELEASE = "release";
  private static final String ROTATE = "rotate-key";
  private static final String WRITE = "write-release";
  private static final String VERIFY = "verify-audit";
  private static final String EXPORT = "export-audit";
  private static final String PROOF = "verify-proof";
  private static final String STOPPED = "--every-server-is-stopped";
  private static final String FOR = "--for";
  private static final String DESTROYED = "--old-machine-is-destroyed";

  /** What was being signed when the machine retired is signed, and out, after this. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(3);

  private Commands() {}

  static boolean named(List<String> flags) {
    return !flags.isEmpty()
        && List.of(BACKUP, RESTORE, RETIRE, RELEASE, ROTATE, WRITE, VERIFY, EXPORT, PROOF)
            .contains(flags.get(0));
  }

  /** Does what the flags ask for; answers in sentences. */
  static String run(List<String> flags, Map<String, String> environment, InstantSource clock)
      throws IOException {
    List<String> rest = new ArrayList<>(flags);
    String verb = rest.remove(0);
    if (verb.equals(WRITE)) {
      String commit = first(rest, "the commit that the jar was built from");
      return Releases.write(commit, Path.of(first(rest, "the folder")));
    }
    if (verb.equals(VERIFY) && !rest.isEmpty() && !rest.get(0).startsWith("--")) {
      return AuditCommands.verify(rest);
    }
    if (verb.equals(PROOF)) {
      return ProofCommand.verify(Path.of(first(rest, "the file")));
    }
    String argument =
        switch (verb) {
          case VERIFY -> "";
          case RETIRE -> rest.remove(FOR) ? first(rest, "the copy's number") : "";
          case ROTATE -> rest.remove(STOPPED) ? STOPPED : "";
          case RELEASE -> rest.remove(DESTROYED) ? DESTROYED : first(rest, "the release code");
          default -> Path.of(first(rest, "the file")).toAbsolutePath().toString();
        };
    Config config = ConfigReader.read(rest, environment);
    Path data = config.data().toAbsolutePath();
    if (verb.equals(RESTORE)) {
      return Restoring.restore(Path.of(argument), config, clock);
    }
    if (verb.equals(ROTATE)) {
      return rotate(config, argument.equals(STOPPED));
    }
    try (Foundation foundation = Foundation.existing(config, new SecureRandom())) {
      Fence fence =
          new Fence(
              new JdbiFenceStore(foundation.database()),
              foundation.database(),
              clock,
              foundation.keyFile());
      // servers may be running on a PostgreSQL; on the folder's own database none is
      Duration underWay = config.db() == null ? Duration.ZERO : UNDER_WAY;
      Map<String, Desk.Command> all = commands(data, foundation, fence, clock, underWay);
      return Objects.requireNonNull(all.get(verb)).run(argument);
    } catch (Foundation.InUse e) {
      return Desk.ask(data, verb, argument);
    }
  }

  /** On the folder's own database a running server is found out; on others it must be said. */
  private static String rotate(Config config, boolean stopped) throws IOException {
    if (config.db() != null && !stopped) {
      throw new StartRefused(
          "Stop every server of this database, then say so: rotate-key " + STOPPED + " …");
    }
    SecureRandom random = new SecureRandom();
    try (Foundation foundation = Foundation.existing(config, random)) {
      Path folder = config.data().toAbsolutePath();
      return new Rotation(foundation, folder, random, step -> {}).run();
    } catch (Foundation.InUse e) {
      throw new StartRefused(e.getMessage() + " Stop it first.");
    }
  }

  private static String first(List<String> rest, String what) {
    for (int i = 0; i < rest.size(); i += 2) {
      if (!rest.get(i).startsWith("--")) {
        return rest.remove(i);
      }
    }
    throw new StartRefused("Please give " + what + ".");
  }

  /** The desk at which a running server takes commands. */
  static Job desk(Path data, Foundation foundation, Fence fence, InstantSource clock)
      throws IOException {
    Desk desk =
        Desk.open(
            data.toAbsolutePath(),
            commands(data.toAbsolutePath(), foundation, fence, clock, UNDER_WAY));
    return new Job("look at the desk", Desk.EVERY, desk::look);
  }

  private static Map<String, Desk.Command> commands(
      Path data, Foundation foundation, Fence fence, InstantSource clock, Duration underWay) {
    return Map.of(
        BACKUP, file -> foundation.backUp(Path.of(file), clock),
        RETIRE, copy -> retire(fence, copy, underWay),
        RELEASE, code -> release(foundation, fence, code, clock),
        VERIFY,
            nothing ->
                AuditCommands.verify(foundation.chronicle(clock), foundation.recordMark(data)),
        EXPORT, file -> AuditCommands.export(foundation.chronicle(clock), Path.of(file)));
  }

  private static String retire(Fence fence, String copy, Duration underWay) {
    fence.retire();
    pause(underWay);
    if (copy.isEmpty()) {
      return "This machine signs nothing any more. Make a backup now, restore it on the new"
          + " machine, and run retire --for with the number that it prints.";
    }
    return "This machine signs nothing any more. The release code of copy "
        + copy
        + ":\n"
        + fence.codeFor(copy);
  }

  private static String release(
      Foundation foundation, Fence fence, String code, InstantSource clock) {
    // first, so that no crash leaves a machine that signs and takes yesterday's codes
    SecondFactors.useUpAll(new JdbiFactorStore(foundation.database()), clock.instant());
    if (code.equals(DESTROYED)) {
      fence.releaseOldMachineIsDestroyed();
    } else {
      fence.release(code);
    }
    return "This machine signs from now on. Codes of authenticator apps are taken again in a"
        + " minute.";
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
