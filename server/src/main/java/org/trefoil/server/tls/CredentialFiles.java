package org.trefoil.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.trefoil.server.config.Config;

/**
 * What the files of certificate and key held at one moment. Closing it wipes the bytes; a key that
 * was made of them is the JDK's, which wipes none.
 */
final class CredentialFiles implements AutoCloseable {
  private final Path first;
  private final Path second;
  private final boolean pem;
  private final byte[] firstBytes;
  private final byte[] secondBytes;

  private CredentialFiles(Path first, Path second, boolean pem) {
    this.first = first;
    this.second = second;
    this.pem = pem;
    this.firstBytes = bytes(first);
    this.secondBytes = bytes(second);
  }

  /** Reads both files. Refuses {@code tls-unreadable} and {@code tls-key-readable}. */
  static CredentialFiles read(Config.Credential credential) {
    if (credential instanceof Config.PemFiles files) {
      ownersOnly(files.key());
      return new CredentialFiles(files.chain(), files.key(), true);
    }
    Config.KeyStoreFile store = (Config.KeyStoreFile) credential;
    ownersOnly(store.passwordFile());
    return new CredentialFiles(store.file(), store.passwordFile(), false);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file);
    }
  }

  /** A group may read it, as Debian's ssl-cert does; all of the machine may not. */
  private static void ownersOnly(Path secret) {
    try {
      boolean posix = Files.getFileStore(secret).supportsFileAttributeView("posix");
      if (posix
          && Files.getPosixFilePermissions(secret).contains(PosixFilePermission.OTHERS_READ)) {
        throw new TlsRefused(
            "tls-key-readable",
            "Everybody on this machine can read " + secret + ". Run: chmod o-r " + secret);
      }
    } catch (IOException e) {
      throw unreadable(secret);
    }
  }

  private static TlsRefused unreadable(Path file) {
    return new TlsRefused("tls-unreadable", "The file " + file + " cannot be read.");
  }

  /** SHA-256 of both, by which a later look tells whether anything changed. */
  byte[] digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(digest.digest(firstBytes));
      return digest.digest(secondBytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Certificate and key, checked for this host and moment. */
  Credential open(String host, Instant now) {
    return pem ? openPem(host, now) : openStore(host, now);
  }

  private Credential openPem(String host, Instant now) {
    List<X509Certificate> chain = Certificates.read(first, firstBytes);
    Certificates.check(first, chain, host, now);
    PrivateKey key = PrivateKeys.read(second, secondBytes, chain.get(0).getPublicKey());
    return new Credential(chain, key);
  }

  private Credential openStore(String host, Instant now) {
    char[] password = password();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(firstBytes), password);
      List<String> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          keys.add(alias);
        }
      }
      if (keys.size() != 1) {
        throw new TlsRefused(
            "tls-unreadable",
            "The PKCS#12 " + first + " must hold one private key, not " + keys.size() + ".");
      }
      Key key = store.getKey(keys.get(0), password);
      List<X509Certificate> chain = new ArrayList<>();
      Certificate[] beside = store.getCertificateChain(keys.get(0));
      for (Certificate each : beside == null ? new Certificate[0] : beside) {
        chain.add((X509Certificate) each);
      }
      if (chain.isEmpty() || !(key instanceof PrivateKey secret)) {
        throw unreadable(first);
      }
      Certificates.check(first, chain, host, now);
      PrivateKeys.check(first, secret, chain.get(0).getPublicKey());
      return new Credential(chain, secret);
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsRefused(
          "tls-password-wrong",
          "The file " + first + " is no PKCS#12, or the password in " + second + " is wrong.");
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** The first line of the second file. */
  private char[] password() {
    CharBuffer text = StandardCharsets.UTF_8.decode(java.nio.ByteBuffer.wrap(secondBytes));
    int end = 0;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    char[] line = new char[end];
    text.get(line);
    Arrays.fill(text.array(), '\0');
    return line;
  }

  @Override
  public void close() {
    Arrays.fill(firstBytes, (byte) 0);
    Arrays.fill(secondBytes, (byte) 0);
  }
}
