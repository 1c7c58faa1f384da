package org.trefoil.e2e.harness;

import java.nio.file.Path;

/** Certificates of nobody's authority, each in a PKCS#12 of its own. */
public final class TlsStore {
  public static final String PASSWORD = "not-a-secret";

  private TlsStore() {}

  /** A new one for a host, named after its subject, under the alias {@code tls}. */
  public static Path make(Path folder, String subject, String host) {
    Path store = folder.resolve(subject + ".p12");
    Tool.output(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD,
        "-alias",
        "tls",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + subject,
        "-ext",
        "san=dns:" + host,
        "-validity",
        "30");
    return store;
  }
}
