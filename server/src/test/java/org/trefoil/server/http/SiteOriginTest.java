package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SiteOriginTest {
  @Test
  void withoutAnOriginOnlyThisMachineIsServed() {
    SiteOrigin local = new SiteOrigin(null);
    assertThat(local.https()).isFalse();
    for (String host :
        List.of("localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1:80", "[::1]:8080")) {
      assertThat(local.ownHost(host)).as(host).isTrue();
    }
    for (String host :
        List.of(
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil",
            "localhost:",
            "192.0.2.1")) {
      assertThat(local.ownHost(host)).as(host).isFalse();
    }
    assertThat(local.ownOrigin("http://localhost:8080", "localhost:8080")).isTrue();
    assertThat(local.ownOrigin("http://localhost:8081", "localhost:8080")).isFalse();
    assertThat(local.ownOrigin("https://localhost:8080", "localhost:8080")).isFalse();
    assertThat(local.ownOrigin(null, "localhost:8080")).isFalse();
  }

  @Test
  void aConfiguredOriginIsTheOnlyOne() {
    SiteOrigin site = new SiteOrigin("https://wallet.example");
    assertThat(site.https()).isTrue();
    assertThat(site.ownHost("wallet.example")).isTrue();
    assertThat(site.ownHost("localhost")).isFalse();
    assertThat(site.ownOrigin("https://wallet.example", "wallet.example")).isTrue();
    assertThat(site.ownOrigin("http://wallet.example", "wallet.example")).isFalse();
  }

  @Test
  void anOriginIsSchemeHostAndPortAlone() {
    for (String bad :
        List.of(
            "wallet.example",
            "https://wallet.example/",
            "https://u@wallet.example",
            "http://wallet.example",
            "ftp://x",
            "https://x?y")) {
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> new SiteOrigin(bad));
    }
  }
}
