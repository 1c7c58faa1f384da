package org.trefoil.server.tls;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.trefoil.server.config.Config;

/**
 * The certificate that new connections get, read again when its files change.
 *
 * <p>Files that cannot be served with change nothing: what was good stays, also past its end, since
 * a browser says better than silence what is wrong. Safe for use by several threads.
 */
public final class LiveTls {
  private static final byte[] UNREADABLE = {0};

  private final Config.Credential files;
  private final String host;
  private final InstantSource clock;
  private byte[] served;
  private byte[] refused = {};
  private Credential credential;
  private SSLContext context;
  private Consumer<SSLContext> listener = fresh -> {};

  private LiveTls(
      Config.Credential files,
      String host,
      InstantSource clock,
      byte[] served,
      Credential credential) {
    this.files = files;
    this.host = host;
    this.clock = clock;
    this.served = served;
    this.credential = credential;
    this.context = credential.context();
  }

  /** What a look at the files found. */
  public sealed interface Look {}

  /** Nothing new. */
  public record Same() implements Look {}

  /** Another certificate, which new connections get from now on. */
  public record Renewed(Instant expires) implements Look {}

  /** Something that cannot be served with; told once for each state of the files. */
  public record Refused(TlsRefused why) implements Look {}

  /**
   * Reads the files for the first time.
   *
   * @param host the name or address that visitors type, which the certificate must name
   * @throws TlsRefused with its sentence when they cannot be served with
   */
  public static LiveTls open(Config.Credential files, String host, InstantSource clock) {
    try (CredentialFiles read = CredentialFiles.read(files)) {
      Credential credential = read.open(host, clock.instant());
      return new LiveTls(files, host, clock, read.digest(), credential);
    }
  }

  /** What connections begin with now. */
  public synchronized SSLContext context() {
    return context;
  }

  /** When the certificate served now expires. */
  public synchronized Instant expires() {
    return credential.expires();
  }

  /** Has {@code listener} told of each new context; there is one listener. */
  public synchronized void onRenewal(Consumer<SSLContext> listener) {
    this.listener = listener;
  }

  /** Reads the files again. */
  public synchronized Look look() {
    byte[] now = {};
    try (CredentialFiles read = CredentialFiles.read(files)) {
      now = read.digest();
      if (MessageDigest.isEqual(now, served)) {
        refused = new byte[0];
        return new Same();
      }
      Credential fresh = read.open(host, clock.instant());
      SSLContext next = fresh.context();
      listener.accept(next);
      context = next;
      credential = fresh;
      served = now;
      refused = new byte[0];
      return new Renewed(fresh.expires());
    } catch (TlsRefused e) {
      boolean told = refused.length > 0 && MessageDigest.isEqual(tag(now), refused);
      refused = tag(now);
      return told ? new Same() : new Refused(e);
    }
  }

  /** Never empty, also for files that cannot be read at all. */
  private static byte[] tag(byte[] digest) {
    return digest.length > 0 ? digest : UNREADABLE;
  }
}
