package org.trefoil.server.app;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;
import org.trefoil.server.config.Config;
import org.trefoil.server.config.ConfigReader;
import org.trefoil.server.cosign.SelfTest;
import org.trefoil.server.passkey.RelyingParty;
import org.trefoil.server.signer.RunningSigner;
import org.trefoil.server.spend.SteadyTime;

/**
 * {@code java -jar trefoil.jar signer --data DIR --socket PATH}: the process that holds the
 * server's keys, apart from the one that serves pages.
 */
final class SignerCommand {
  private static final String NAME = "signer";
  private static final String SOCKET = "--socket";
  private static final String RESTORED = "--restored";
  private static final String GROUP = "--socket-group";
  private static final String SITE = "--site";

  private SignerCommand() {}

  static boolean named(List<String> flags) {
    return !flags.isEmpty() && flags.get(0).equals(NAME);
  }

  /**
   * Starts it; when it returns, it answers.
   *
   * @param nanos a clock that only ever runs
   */
  static RunningSigner start(
      List<String> flags, Map<String, String> environment, InstantSource clock, LongSupplier nanos)
      throws IOException {
    List<String> rest = new ArrayList<>(flags.subList(1, flags.size()));
    String socket = take(rest, SOCKET);
    String group = take(rest, GROUP);
    String site = take(rest, SITE);
    if (site != null && !new RelyingParty(site).isSite()) {
      throw new StartRefused(
          "The flag "
              + SITE
              + " takes the site of the server: https://, its name, perhaps a port.");
    }
    boolean restored = rest.remove(RESTORED);
    Config config = ConfigReader.read(rest, environment);
    if (socket == null || config.signer() != null) {
      throw new StartRefused(
          "A signer listens on a socket: signer --data DIR --socket PATH, which the server is given"
              + " as --signer PATH.");
    }
    OwnLimits limits = new OwnLimits(config);
    limits.refuseUnchosen();
    if (site == null && config.network() != Network.REGTEST) {
      throw new StartRefused(
          "A signer takes what passkeys sign at one site alone, and whoever has taken over the"
              + " server would choose it: name yours with "
              + SITE
              + " https://wallet.example.");
    }
    SelfTest.run();
    return RunningSigner.start(
        new RunningSigner.Settings(
            config.data(),
            Path.of(socket),
            group,
            config.network(),
            config.chainName(),
            limits.ceilings(),
            config.factorWait(),
            site,
            restored),
        clock,
        new SteadyTime(clock, nanos),
        new SecureRandom());
  }

  private static @Nullable String take(List<String> flags, String name) {
    int at = flags.indexOf(name);
    if (at < 0) {
      return null;
    }
    if (at + 1 == flags.size()) {
      throw new StartRefused("The flag " + name + " needs a value.");
    }
    flags.remove(at);
    return flags.remove(at);
  }
}
