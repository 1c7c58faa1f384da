package org.trefoil.server.http;

import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.trefoil.server.tls.LiveTls;

/**
 * HTTP/1.1 over TLS 1.3 or 1.2, with the JDK's own TLS: forward secrecy and authenticated ciphers
 * alone, no renegotiation. A new certificate is taken up between two connections.
 */
final class TlsConnector {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
  };

  /**
   * Whoever learns a ticket's key later reads the sessions that were resumed by it: not a day's.
   */
  private static final int SESSION_SECONDS = 3_600;

  private TlsConnector() {}

  static ServerConnector on(Server server, HttpConfiguration plain, LiveTls tls) {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(tls.context());
    factory.setIncludeProtocols(PROTOCOLS);
    factory.setExcludeProtocols();
    factory.setExcludeCipherSuites();
    factory.setIncludeCipherSuites(SUITES);
    factory.setUseCipherSuitesOrder(true);
    factory.setRenegotiationAllowed(false);
    factory.setSslSessionTimeout(SESSION_SECONDS);
    tls.onRenewal(
        fresh -> {
          try {
            factory.reload(same -> same.setSslContext(fresh));
          } catch (Exception e) {
            throw new IllegalStateException("Jetty refused a certificate that was checked", e);
          }
        });
    HttpConfiguration http = new HttpConfiguration(plain);
    // Which name was asked for is the guard's to judge, for every request.
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslConnectionFactory first = new SslConnectionFactory(factory, "http/1.1");
    return new ServerConnector(server, 1, 1, first, new HttpConnectionFactory(http));
  }
}
