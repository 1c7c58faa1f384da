package org.trefoil.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.csp.served.VerifyServed;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.harness.TlsStore;
import org.trefoil.e2e.harness.Tool;

/** The packaged server as its release, looked at by the command line as anybody runs it. */
final class VerifyServedIT {
  @TempDir Path folder;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The one way on which {@code Strict-Transport-Security} is sent, and compared as it is. */
  @Test
  void overTlsEveryHeaderIsThatOfTheReleaseForEveryVisitor() throws Exception {
    Path store = TlsStore.make(folder, "localhost", "localhost");
    Path password = Files.writeString(folder.resolve("password"), TlsStore.PASSWORD);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    ReleaseInHand release = ReleaseInHand.make();
    Path keys = Files.writeString(folder.resolve("keys"), release.keys().text());
    String port = Integer.toString(freePort());
    String origin = "https://localhost:" + port;
    try (RunningServer server =
        RunningServer.start(
            "--port",
            port,
            "--public-url",
            origin,
            "--tls-keystore",
            store.toString(),
            "--tls-password-file",
            password.toString(),
            "--release",
            release.folder().toString())) {
      Tool.Result looked =
          Tool.run(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Djavax.net.ssl.trustStore=" + store,
                  "-Djavax.net.ssl.trustStorePassword=" + TlsStore.PASSWORD,
                  "-cp",
                  Path.of(
                          VerifyServed.class
                              .getProtectionDomain()
                              .getCodeSource()
                              .getLocation()
                              .toURI())
                      .toString(),
                  VerifyServed.class.getName(),
                  origin,
                  keys.toString()));
      assertThat(looked.exit()).as(looked.out() + looked.err() + server.log()).isZero();
      assertThat(looked.out()).contains("As released", "2 files to keep", "to 4 visitors");
    }
  }
}
