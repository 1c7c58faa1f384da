package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Cookie;
import org.trefoil.e2e.harness.Browser;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.harness.TlsStore;
import org.trefoil.e2e.harness.Tool;
import org.trefoil.e2e.person.Person;

/** The packaged server with TLS of its own, as a browser meets it that typed its bare name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TlsIT {
  private static final String HOST = "wallet.test";
  private static final Pattern PORTS =
      Pattern.compile("Serving https on port (\\d+), plain http on (\\d+)");

  @TempDir static Path folder;

  private RunningServer server;
  private Browser browser;
  private int port;

  @BeforeAll
  void start() throws Exception {
    Path store = TlsStore.make(folder, "first", HOST);
    Path password = Files.writeString(folder.resolve("password"), TlsStore.PASSWORD);
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    server =
        RunningServer.start(
            "--public-url",
            "https://" + HOST,
            "--http-port",
            "0",
            "--tls-keystore",
            store.toString(),
            "--tls-password-file",
            password.toString());
    Matcher ports = PORTS.matcher(server.log());
    assertThat(ports.find()).as(server.log()).isTrue();
    port = Integer.parseInt(ports.group(1));
    Map<Integer, Integer> map = Map.of(443, port, 80, Integer.parseInt(ports.group(2)), 8080, port);
    browser = Browser.openFor(HOST, map, spki(store));
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static String spki(Path store) throws Exception {
    KeyStore opened = KeyStore.getInstance(store.toFile(), TlsStore.PASSWORD.toCharArray());
    byte[] key = opened.getCertificate("tls").getPublicKey().getEncoded();
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
  }

  /** The subject of the certificate that a new connection gets. */
  private String served() {
    return Tool.output(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-printcert",
        "-sslserver",
        "127.0.0.1:" + port);
  }

  @Test
  @Order(1)
  void theBareNameLeadsToHttpsAndTheBrowserRemembersIt() {
    browser.go("http://" + HOST + "/signin");
    assertThat(browser.url()).isEqualTo("https://" + HOST + "/signin");
    assertThat(browser.driver().executeScript("return isSecureContext")).isEqualTo(true);
    // Behind this port there is TLS alone: only a browser that was told to stay with https gets an
    // answer.
    browser.go("http://" + HOST + ":8080/");
    assertThat(browser.url()).isEqualTo("https://" + HOST + ":8080/");
    assertThat(browser.text()).contains("That did not work");
  }

  @Test
  @Order(2)
  void aPersonSignsUpAndItsCookiesGoOverTlsAlone() {
    browser.console();
    new Person(browser, URI.create("https://" + HOST), "ada@example.org").signsUp();
    assertThat(browser.url()).startsWith("https://" + HOST + "/");
    assertThat(browser.driver().manage().getCookies())
        .isNotEmpty()
        .allMatch(Cookie::isSecure)
        .allMatch(Cookie::isHttpOnly)
        .allMatch(cookie -> cookie.getName().startsWith("__Host-Http-"));
    assertThat(browser.console()).doesNotContain("SEVERE");
  }

  @Test
  @Order(3)
  void anotherCertificateIsTakenUpWithoutARestart() throws Exception {
    assertThat(served()).contains("CN=first");
    Files.writeString(folder.resolve("broken"), "half a file");
    Files.move(
        folder.resolve("broken"), folder.resolve("first.p12"), StandardCopyOption.REPLACE_EXISTING);
    until(() -> server.log().contains("(tls-password-wrong)"));
    assertThat(served()).contains("CN=first");
    Files.move(
        TlsStore.make(folder, "second", HOST),
        folder.resolve("first.p12"),
        StandardCopyOption.REPLACE_EXISTING);
    until(() -> served().contains("CN=second"));
    assertThat(server.log()).contains("New connections get a new certificate");
  }

  private void until(java.util.function.BooleanSupplier done) throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
    while (!done.getAsBoolean()) {
      assertThat(Instant.now()).as(server.log()).isBefore(deadline);
      Thread.sleep(200);
    }
  }
}
