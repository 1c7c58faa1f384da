package org.trefoil.server.tls;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Chains of certificates, and whether browsers would take them for our name now. */
final class Certificates {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int LEAST_RSA = 2048;
  private static final int LEAST_EC = 256;

  private Certificates() {}

  /** The certificates of a PEM file in their order; other blocks are left out. */
  static List<X509Certificate> read(Path file, byte[] pem) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Pem.Block block : Pem.blocks(pem)) {
        if (block.label.equals("CERTIFICATE")) {
          chain.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der)));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw unreadable(file, "is cut off or damaged");
    }
    if (chain.isEmpty()) {
      throw unreadable(file, "holds no certificate (-----BEGIN CERTIFICATE-----)");
    }
    return chain;
  }

  /**
   * Refuses what browsers would.
   *
   * @param chain the server's own certificate first
   * @param host the name or address that visitors type
   */
  static void check(Path file, List<X509Certificate> chain, String host, Instant now) {
    X509Certificate own = chain.get(0);
    strong(file, own.getPublicKey());
    if (now.isAfter(own.getNotAfter().toInstant())) {
      throw new TlsRefused(
          "tls-expired",
          "The certificate in " + file + " expired at " + own.getNotAfter().toInstant() + ".");
    }
    if (now.isBefore(own.getNotBefore().toInstant())) {
      throw new TlsRefused(
          "tls-not-yet",
          "The certificate in "
              + file
              + " is good only from "
              + own.getNotBefore().toInstant()
              + "; is this machine's clock right?");
    }
    if (!names(file, own, host)) {
      throw new TlsRefused(
          "tls-other-name",
          "The certificate in " + file + " is not for " + host + ", the host of --public-url.");
    }
    for (int i = 1; i < chain.size(); i++) {
      follows(file, chain.get(i - 1), chain.get(i));
    }
  }

  private static void strong(Path file, PublicKey key) {
    boolean rsa = key instanceof RSAPublicKey of && of.getModulus().bitLength() >= LEAST_RSA;
    boolean ec =
        key instanceof ECPublicKey of
            && of.getParams().getCurve().getField().getFieldSize() >= LEAST_EC;
    if (!rsa && !ec) {
      throw new TlsRefused(
          "tls-weak",
          "The key of the certificate in " + file + " must be EC, or RSA of at least 2048 bits.");
    }
  }

  private static void follows(Path file, X509Certificate lower, X509Certificate upper) {
    try {
      if (lower.getIssuerX500Principal().equals(upper.getSubjectX500Principal())) {
        lower.verify(upper.getPublicKey());
        return;
      }
    } catch (GeneralSecurityException e) {
      throw broken(file);
    }
    throw broken(file);
  }

  private static TlsRefused broken(Path file) {
    return new TlsRefused(
        "tls-chain-broken",
        "In "
            + file
            + " the server's own certificate comes first, and behind each one the one that signed"
            + " it.");
  }

  private static boolean names(Path file, X509Certificate own, String host) {
    try {
      Collection<List<?>> names = own.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        int kind = (Integer) name.get(0);
        String text = String.valueOf(name.get(1)).toLowerCase(Locale.ROOT);
        if (kind == DNS_NAME && covers(text, host.toLowerCase(Locale.ROOT))
            || kind == IP_ADDRESS && sameAddress(text, host)) {
          return true;
        }
      }
      return false;
    } catch (CertificateParsingException e) {
      throw unreadable(file, "is damaged");
    }
  }

  /** A star stands for one whole label, the first one (RFC 6125 §6.4.3). */
  private static boolean covers(String name, String host) {
    int dot = host.indexOf('.');
    return name.equals(host)
        || name.startsWith("*.") && dot > 0 && name.substring(1).equals(host.substring(dot));
  }

  private static boolean sameAddress(String name, String host) {
    String bare = host.replaceAll("[\\[\\]]", "");
    if (!bare.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return false;
    }
    try {
      return InetAddress.getByName(name).equals(InetAddress.getByName(bare));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static TlsRefused unreadable(Path file, String why) {
    return new TlsRefused("tls-unreadable", "The certificate file " + file + " " + why + ".");
  }
}
