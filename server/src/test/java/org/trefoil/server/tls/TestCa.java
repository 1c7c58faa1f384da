package org.trefoil.server.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A certificate authority of a test's own. */
public final class TestCa {
  private static final Duration LONG = Duration.ofDays(30);

  private final KeyPair keys = ec();
  private final Instant now;
  private int serial;

  /** The authority's own certificate, which signs itself. */
  public final X509Certificate certificate;

  /** An authority at this moment. */
  public TestCa(Instant now) {
    this.now = now;
    certificate = sign("Trefoil test CA", keys.getPublic(), null, now, now.plus(LONG));
  }

  /** A chain of two, and the private key of its first. */
  public record Issued(X509Certificate own, X509Certificate ca, PrivateKey key) {
    /** The chain as PEM. */
    public String chain() {
      return pem("CERTIFICATE", encoded(own)) + pem("CERTIFICATE", encoded(ca));
    }

    /** The private key as PEM, in PKCS#8. */
    public String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }

    /** Writes both where a server is told to look for them. */
    public void write(Path chain, Path key) {
      put(chain, chain());
      put(key, keyPem());
    }
  }

  /** One for this host, good for a month. */
  public Issued issue(String host) {
    return issue(host, ec(), now.minusSeconds(60), now.plus(LONG));
  }

  /** One for this host or address. */
  public Issued issue(String host, KeyPair pair, Instant from, Instant to) {
    return new Issued(sign(host, pair.getPublic(), host, from, to), certificate, pair.getPrivate());
  }

  /** A pair on P-256. */
  public static KeyPair ec() {
    return ec("secp256r1");
  }

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** An RSA pair. */
  public static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** A block of PEM. */
  static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** Writes a file that its owner alone may read. */
  static void put(Path file, String text) {
    try {
      Files.writeString(file, text, StandardCharsets.US_ASCII);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private X509Certificate sign(String name, PublicKey key, String host, Instant from, Instant to) {
    try {
      AlgorithmIdentifier algorithm =
          new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
      V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
      generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(++serial)));
      generator.setSignature(algorithm);
      generator.setIssuer(new X500Name("CN=Trefoil test CA"));
      generator.setSubject(new X500Name("CN=" + name.replace("*", "any")));
      generator.setStartDate(new Time(Date.from(from)));
      generator.setEndDate(new Time(Date.from(to)));
      generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(host == null));
      if (host != null) {
        boolean address = host.matches("[0-9.]+|.*:.*");
        int kind = address ? GeneralName.iPAddress : GeneralName.dNSName;
        GeneralNames names = new GeneralNames(new GeneralName(kind, host));
        extensions.addExtension(Extension.subjectAlternativeName, false, names);
      }
      generator.setExtensions(extensions.generate());
      TBSCertificate content = generator.generateTBSCertificate();
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content.getEncoded("DER"));
      ASN1EncodableVector whole = new ASN1EncodableVector();
      whole.add(content);
      whole.add(algorithm);
      whole.add(new DERBitString(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(new DERSequence(whole).getEncoded("DER")));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
