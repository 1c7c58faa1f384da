package org.trefoil.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trefoil.server.config.Config;

/** What is taken as a certificate, what is not, and what a running server does about changes. */
class LiveTlsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String HOST = "wallet.example";

  @TempDir Path folder;

  private final TestCa ca = new TestCa(NOW);
  private Instant time = NOW;
  private Path chain;
  private Path key;
  private Config.PemFiles files;

  @BeforeEach
  void name() {
    chain = folder.resolve("chain.pem");
    key = folder.resolve("key.pem");
    files = new Config.PemFiles(chain, key);
  }

  private LiveTls open(String host) {
    return LiveTls.open(files, host, () -> time);
  }

  private TlsRefused refused(String host) {
    return catchThrowableOfType(TlsRefused.class, () -> open(host));
  }

  private void refuses(String token, String sentence) {
    TlsRefused refused = refused(HOST);
    assertThat(refused).as(token).isNotNull();
    assertThat(refused.token()).isEqualTo(token);
    assertThat(refused).hasMessageContaining(sentence).hasMessageContaining(folder.toString());
  }

  @Test
  void takesKeysInEveryFormThatToolsWrite() throws Exception {
    for (KeyPair pair :
        List.of(TestCa.rsa(2048), TestCa.ec(), TestCa.ec("secp384r1"), TestCa.ec("secp521r1"))) {
      TestCa.Issued issued = ca.issue(HOST, pair, NOW, NOW.plusSeconds(60));
      issued.write(chain, key);
      assertThat(open(HOST).expires()).isEqualTo(NOW.plusSeconds(60));
      byte[] bare =
          PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
              .parsePrivateKey()
              .toASN1Primitive()
              .getEncoded("DER");
      String label = pair.getPrivate().getAlgorithm() + " PRIVATE KEY";
      TestCa.put(key, TestCa.pem("EC PARAMETERS", new byte[] {6, 1, 0}) + TestCa.pem(label, bare));
      assertThat(open(HOST).context()).as(label).isNotNull();
    }
  }

  @Test
  void takesAPkcs12WithItsPasswordInAFile() throws Exception {
    Path password = folder.resolve("password");
    TestCa.put(password, "good enough\n");
    store("good enough", ca.issue(HOST));
    Config.KeyStoreFile named = new Config.KeyStoreFile(chain, password);
    assertThat(LiveTls.open(named, HOST, () -> NOW).context()).isNotNull();
    TestCa.put(password, "another\n");
    TlsRefused wrong =
        catchThrowableOfType(TlsRefused.class, () -> LiveTls.open(named, HOST, () -> NOW));
    assertThat(wrong.token()).isEqualTo("tls-password-wrong");
    assertThat(wrong).hasMessageContaining("password").hasMessageNotContaining("another");
    store("another", ca.issue(HOST), ca.issue(HOST));
    TlsRefused two =
        catchThrowableOfType(TlsRefused.class, () -> LiveTls.open(named, HOST, () -> NOW));
    assertThat(two).hasMessageContaining("must hold one private key, not 2");
  }

  private void store(String password, TestCa.Issued... held) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < held.length; i++) {
      Certificate[] both = {held[i].own(), held[i].ca()};
      store.setKeyEntry("k" + i, held[i].key(), password.toCharArray(), both);
    }
    try (var out = Files.newOutputStream(chain)) {
      store.store(out, password.toCharArray());
    }
  }

  @Test
  void refusesWhatCannotBeServedWithAndSaysWhy() throws Exception {
    refuses("tls-unreadable", "cannot be read");
    TestCa.Issued good = ca.issue(HOST);
    good.write(chain, key);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    refuses("tls-key-readable", "chmod o-r");
    TestCa.put(key, good.keyPem());
    TestCa.put(chain, good.chain().substring(0, 200));
    refuses("tls-unreadable", "cut off");
    TestCa.put(chain, "hello");
    refuses("tls-unreadable", "no certificate");
    TestCa.put(chain, good.chain());
    TestCa.put(key, ca.issue(HOST).keyPem());
    refuses("tls-key-unfit", "does not belong");
    TestCa.put(key, TestCa.pem("PRIVATE KEY", TestCa.rsa(2048).getPrivate().getEncoded()));
    refuses("tls-key-unfit", "does not belong");
    TestCa.put(key, TestCa.pem("ENCRYPTED PRIVATE KEY", new byte[32]));
    refuses("tls-unreadable", "--tls-keystore");
    TestCa.put(key, good.keyPem() + good.keyPem());
    refuses("tls-unreadable", "more than one");
    TestCa.put(key, good.chain());
    refuses("tls-unreadable", "no private key");
    ca.issue(HOST, TestCa.ec(), NOW.minusSeconds(60), NOW.minusSeconds(1)).write(chain, key);
    refuses("tls-expired", "2026-11-22T11:59:59Z");
    ca.issue(HOST, TestCa.ec(), NOW.plusSeconds(60), NOW.plusSeconds(90)).write(chain, key);
    refuses("tls-not-yet", "clock");
    ca.issue("other.example").write(chain, key);
    refuses("tls-other-name", HOST);
    ca.issue(HOST, TestCa.rsa(1024), NOW, NOW.plusSeconds(60)).write(chain, key);
    refuses("tls-weak", "2048");
    TestCa.Issued another = new TestCa(NOW).issue(HOST);
    good.write(chain, key);
    TestCa.put(chain, new TestCa.Issued(good.own(), another.ca(), good.key()).chain());
    refuses("tls-chain-broken", "comes first");
  }

  @Test
  void aStarStandsForOneLabelAndAddressesAreAddresses() {
    ca.issue("*.example.org").write(chain, key);
    assertThat(open("wallet.example.org").context()).isNotNull();
    for (String host : List.of("example.org", "a.b.example.org", ".example.org.evil")) {
      assertThat(refused(host)).as(host).isNotNull();
    }
    ca.issue("192.0.2.7").write(chain, key);
    assertThat(open("192.0.2.7").context()).isNotNull();
    assertThat(refused("192.0.2.8")).isNotNull();
    ca.issue("2001:db8::7").write(chain, key);
    assertThat(open("[2001:db8:0::7]").context()).isNotNull();
  }

  @Test
  void newFilesAreTakenUpAndBrokenOnesChangeNothing() {
    ca.issue(HOST).write(chain, key);
    LiveTls live = open(HOST);
    List<SSLContext> told = new ArrayList<>();
    live.onRenewal(told::add);
    SSLContext first = live.context();
    assertThat(live.look()).isEqualTo(new LiveTls.Same());

    TestCa.Issued next = ca.issue(HOST, TestCa.ec(), NOW, NOW.plus(Duration.ofDays(60)));
    TestCa.put(chain, next.chain()); // the key comes a moment later
    assertThat(refusal(live.look())).isEqualTo("tls-key-unfit");
    assertThat(live.look()).as("told once").isEqualTo(new LiveTls.Same());
    assertThat(live.context()).isSameAs(first);
    TestCa.put(key, next.keyPem());
    assertThat(live.look()).isEqualTo(new LiveTls.Renewed(NOW.plus(Duration.ofDays(60))));
    assertThat(told).containsExactly(live.context()).doesNotContain(first);

    TestCa.put(key, "gone");
    assertThat(refusal(live.look())).isEqualTo("tls-unreadable");
    TestCa.put(key, next.keyPem()); // as it was
    assertThat(live.look()).isEqualTo(new LiveTls.Same());
    TestCa.put(key, "gone");
    assertThat(refusal(live.look())).as("told again").isEqualTo("tls-unreadable");
    assertThat(key.toFile().delete()).isTrue();
    assertThat(refusal(live.look())).isEqualTo("tls-unreadable");
    assertThat(live.look()).isEqualTo(new LiveTls.Same());
    assertThat(told).hasSize(1);
    assertThat(live.expires()).isEqualTo(NOW.plus(Duration.ofDays(60)));
  }

  @Test
  void whatIsGoodOnlyLaterIsTakenUpThen() {
    ca.issue(HOST).write(chain, key);
    LiveTls live = open(HOST);
    ca.issue(HOST, TestCa.ec(), NOW.plusSeconds(60), NOW.plusSeconds(900)).write(chain, key);
    assertThat(refusal(live.look())).isEqualTo("tls-not-yet");
    time = NOW.plusSeconds(61);
    assertThat(live.look()).isEqualTo(new LiveTls.Renewed(NOW.plusSeconds(900)));
  }

  @Test
  void nothingPrintsAKey() {
    TestCa.Issued issued = ca.issue(HOST);
    assertThat(new Credential(List.of(issued.own()), issued.key()))
        .hasToString("Credential[redacted]");
  }

  private static String refusal(LiveTls.Look look) {
    assertThat(look).isInstanceOf(LiveTls.Refused.class);
    return ((LiveTls.Refused) look).why().token();
  }
}
