package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.core.units.Network;
import org.trefoil.server.config.Config;
import org.trefoil.server.meter.Meters;
import org.trefoil.server.tls.LiveTls;
import org.trefoil.server.tls.TestCa;

/** TLS of our own over real sockets, by a client that checks chain and name as browsers do. */
class TlsTest {
  private static final String HOST = "wallet.example";
  private static final Instant NOW = Instant.now();
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  @TempDir Path folder;

  private final TestCa ca = new TestCa(NOW.minus(Duration.ofDays(1)));
  private final TestCa.Issued first = ca.issue(HOST);
  private LiveTls tls;
  private WebServer server;

  @BeforeEach
  void start() {
    start(first);
  }

  private void start(TestCa.Issued issued) {
    issued.write(folder.resolve("chain"), folder.resolve("key"));
    tls =
        LiveTls.open(
            new Config.PemFiles(folder.resolve("chain"), folder.resolve("key")), HOST, CLOCK);
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            "https://" + HOST,
            Network.REGTEST,
            true,
            List.of(),
            null,
            new HttpSettings.Https(tls, 0),
            null);
    server =
        WebServer.start(
            settings, new FakeHouse().services(), CLOCK, new Meters(), Shelf.of(OpenDoor.ASSETS));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SSLSocket connect(String... suites) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", ca.certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(HOST)));
    if (suites.length > 0) {
      parameters.setCipherSuites(suites);
    }
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(10_000);
    socket.startHandshake();
    return socket;
  }

  private static String ask(Socket socket, String head) throws IOException {
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int c = in.read(); c >= 0; c = in.read()) {
      answer.append((char) c);
      if (answer.indexOf("\r\n\r\n") >= 0) {
        break;
      }
    }
    return answer.toString();
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: " + HOST;
  }

  private static BigInteger serial(SSLSocket socket) throws SSLException {
    return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
  }

  @Test
  void pagesAreServedOverTls13StrictAndToOurNameAlone() throws Exception {
    try (SSLSocket socket = connect()) {
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      assertThat(socket.getSession().getCipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
      assertThat(socket.getSession().getPeerCertificates()).hasSize(2);
      assertThat(ask(socket, get("/")))
          .startsWith("HTTP/1.1 200")
          .contains("Strict-Transport-Security: max-age=63072000; includeSubDomains; preload");
    }
    try (SSLSocket socket = connect()) {
      assertThat(ask(socket, "GET / HTTP/1.1\r\nHost: evil.example")).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void onlyForwardSecrecyAndAuthenticatedCiphersAreTaken() throws Exception {
    for (String suite :
        List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256")) {
      try (SSLSocket socket = connect(suite)) {
        assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
      }
    }
    for (String suite :
        List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA")) {
      assertThatThrownBy(() -> connect(suite).close()).as(suite).isInstanceOf(SSLException.class);
    }
  }

  /** Jetty's own exclusions are cleared, and the JDK's may be switched off by whoever starts it. */
  @Test
  void nothingBelowTls12IsOffered() {
    SslContextFactory.Server offered =
        TlsConnector.on(new Server(), new HttpConfiguration(), tls)
            .getConnectionFactory(SslConnectionFactory.class)
            .getSslContextFactory();
    assertThat(offered.getIncludeProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
  }

  @Test
  void withAnRsaCertificateOnlyForwardSecrecyAndAuthenticatedCiphersAreTakenToo() throws Exception {
    server.close();
    start(ca.issue(HOST, TestCa.rsa(2_048), NOW.minusSeconds(9), NOW.plusSeconds(900)));
    String taken = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    try (SSLSocket socket = connect(taken)) {
      assertThat(socket.getSession().getCipherSuite()).isEqualTo(taken);
    }
    for (String suite :
        List.of(
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_256_GCM_SHA384")) {
      assertThatThrownBy(() -> connect(suite).close()).as(suite).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void anotherCertificateComesIntoUseBetweenTwoConnections() throws Exception {
    TestCa.Issued next = ca.issue(HOST, TestCa.ec(), NOW.minusSeconds(9), NOW.plusSeconds(900));
    try (SSLSocket before = connect()) {
      assertThat(serial(before)).isEqualTo(first.own().getSerialNumber());
      next.write(folder.resolve("chain"), folder.resolve("key"));
      assertThat(tls.look()).isInstanceOf(LiveTls.Renewed.class);
      try (SSLSocket after = connect()) {
        assertThat(serial(after)).isEqualTo(next.own().getSerialNumber());
        assertThat(ask(after, get("/healthz"))).startsWith("HTTP/1.1 200");
      }
      assertThat(ask(before, get("/"))).as("who is connected stays so").contains(" 200");
    }
    first.write(folder.resolve("chain"), folder.resolve("other"));
    assertThat(tls.look()).isInstanceOf(LiveTls.Refused.class);
    try (SSLSocket after = connect()) {
      assertThat(serial(after)).isEqualTo(next.own().getSerialNumber());
    }
  }

  @Test
  void plainHttpIsSentOnUnderOurNameAndGetsNothingElse() throws Exception {
    for (String head :
        List.of(
            get("/signin?a=b"),
            "POST /signin?a=b HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 900",
            "GET https://evil.example/signin?a=b HTTP/1.1\r\nHost: evil.example")) {
      try (Socket socket = new Socket("127.0.0.1", server.plainPort())) {
        assertThat(ask(socket, head))
            .startsWith("HTTP/1.1 308")
            .contains("Location: https://wallet.example/signin?a=b\r\n")
            .contains("Connection: close")
            .contains("Content-Security-Policy: default-src 'none'")
            .doesNotContain("Strict-Transport-Security", "Set-Cookie", "evil");
      }
    }
    try (Socket socket = new Socket("127.0.0.1", server.plainPort())) {
      assertThat(ask(socket, "OPTIONS * HTTP/1.1\r\nHost: x"))
          .contains("Location: https://wallet.example/\r\n");
    }
  }

  @Test
  void plainHttpOnThePortOfTlsIsNotAnswered() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      assertThat(ask(socket, get("/"))).doesNotContain("HTTP/1.1 200");
    }
  }
}
