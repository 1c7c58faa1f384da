package org.trefoil.server.app;

import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.backup.BackupRefused;
import org.trefoil.server.config.Config;
import org.trefoil.server.config.ConfigReader;
import org.trefoil.server.config.ConfigRefused;
import org.trefoil.server.fence.FenceRefused;
import org.trefoil.server.keyfile.KeyFileRefused;
import org.trefoil.server.signer.RunningSigner;
import org.trefoil.server.signer.SignerRefused;
import org.trefoil.server.tls.TlsRefused;

/** {@code java -jar trefoil.jar}: reads the configuration, starts the server, stops it cleanly. */
public final class Main {
  private static final int REFUSED = StartRefused.STATUS;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    List<String> flags = List.of(args);
    if (ConfigReader.wantsHelp(flags)) {
      System.out.print(ConfigReader.help() + Commands.HELP);
      return;
    }
    try {
      if (Commands.named(flags)) {
        System.out.println(Commands.run(flags, System.getenv(), Clock.systemUTC()));
        return;
      }
      if (SignerCommand.named(flags)) {
        RunningSigner signer =
            SignerCommand.start(flags, System.getenv(), Clock.systemUTC(), System::nanoTime);
        Runtime.getRuntime().addShutdownHook(new Thread(signer::close, "shutdown"));
        System.out.println("The signer answers");
        System.out.flush();
        new CountDownLatch(1).await();
      }
      Config config = ConfigReader.read(flags, System.getenv());
      if (config.jsonLog()) {
        Logging.json();
      }
      Trefoil server = Trefoil.start(config, Clock.systemUTC(), System::nanoTime);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
      System.out.println("Open " + address(config, server.port()));
      System.out.flush();
      new CountDownLatch(1).await();
    } catch (StartRefused e) {
      System.err.println(e.getMessage());
      System.exit(e.status());
    } catch (ConfigRefused
        | KeyFileRefused
        | TlsRefused
        | BackupRefused
        | FenceRefused
        | SignerRefused e) {
      System.err.println(e.getMessage());
      System.exit(REFUSED);
    } catch (IOException | RuntimeException e) {
      if (portTaken(e)) {
        System.err.println(
            "The port is taken; choose another with --port (or --http-port), or --port 0.");
        System.exit(REFUSED);
      }
      Logger log = LoggerFactory.getLogger(Main.class);
      log.error("Trefoil could not start", e);
      System.exit(1);
    }
  }

  private static String address(Config config, int port) {
    return Optional.ofNullable(config.publicUrl()).orElse("http://localhost:" + port) + "/";
  }

  private static boolean portTaken(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }
}
