package org.trefoil.server.app;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.server.config.Config;
import org.trefoil.server.jobs.Clockwork;
import org.trefoil.server.meter.Meters;
import org.trefoil.server.tls.LiveTls;

/** Looks every few seconds whether there is another certificate, and tells the operator. */
final class CertificateWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  /**
   * The JDK would agree to keys of finite fields too, up to 8,192 bits: strangers would have us
   * compute them (CVE-2022-40735). The first one is known to JDK 27 and later (JEP 527); others
   * leave it out.
   */
  private static final String GROUPS = "X25519MLKEM768,x25519,secp256r1,secp384r1,secp521r1";

  private final @Nullable LiveTls tls;
  private final Meters meters;
  private final Clockwork clockwork = new Clockwork("certificate");

  /** Watches nothing yet, and never anything without TLS of our own. */
  CertificateWatch(@Nullable LiveTls tls, Meters meters) {
    this.tls = tls;
    this.meters = meters;
  }

  /** The certificate that was chosen; null without TLS of our own. */
  static @Nullable LiveTls open(Config config, InstantSource clock) {
    Config.Tls tls = config.tls();
    if (tls == null) {
      return null;
    }
    if (System.getProperty("jdk.tls.namedGroups") == null) {
      System.setProperty("jdk.tls.namedGroups", GROUPS); // before the JDK's TLS is first used
    }
    String host = URI.create(String.valueOf(config.publicUrl())).getHost();
    return LiveTls.open(tls.credential(), host, clock);
  }

  void start() {
    if (tls != null) {
      meters.certificate(tls.expires());
      clockwork.start(
          List.of(new Clockwork.Job("look at the certificate", EVERY, () -> look(tls))));
    }
  }

  private void look(LiveTls tls) {
    LiveTls.Look look = tls.look();
    if (look instanceof LiveTls.Renewed renewed) {
      LOG.info("New connections get a new certificate, good until {}", renewed.expires());
      meters.certificate(renewed.expires());
    } else if (look instanceof LiveTls.Refused refused) {
      LOG.warn(
          "The certificate's files changed, and the one from before is kept ({}): {}",
          refused.why().token(),
          refused.why().getMessage());
      meters.certificateRefused();
    }
  }

  @Override
  public void close() {
    clockwork.close();
  }
}
