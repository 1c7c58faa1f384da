package org.trefoil.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.policy.IpRange;

/** Who is taken for the visitor, whatever visitors write. */
class TrustedProxiesTest {
  private final TrustedProxies proxies =
      new TrustedProxies(
          Stream.of("10.0.0.0/8", "127.0.0.1", "fd00:1::/64").map(IpRange::parse).toList());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // who connects | what is forwarded, headers parted by ; | who it is
        "192.0.2.7 | 198.51.100.1 | 192.0.2.7",
        "192.0.2.7 | 10.0.0.1 | 192.0.2.7",
        "10.0.0.1 | 198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | 203.0.113.9, 198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | 203.0.113.9; 198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | 203.0.113.9; 198.51.100.1, 10.1.2.3 | 198.51.100.1",
        "10.0.0.1 | 198.51.100.1; 10.1.2.3; 10.4.5.6 | 198.51.100.1",
        "10.0.0.1 | 127.0.0.1, 203.0.113.9, 10.1.2.3 | 203.0.113.9",
        "10.0.0.1 | 10.1.2.3, 10.4.5.6 | 10.1.2.3",
        "10.0.0.1 | 198.51.100.1:4711 | 198.51.100.1",
        "10.0.0.1 | 198.51.100.1:99999999999 | 198.51.100.1",
        "10.0.0.1 | 2001:db8::7 | 2001:db8:0:0:0:0:0:7",
        "10.0.0.1 | [2001:DB8::7]:4711 | 2001:db8:0:0:0:0:0:7",
        "10.0.0.1 | [2001:db8::7] | 2001:db8:0:0:0:0:0:7",
        "10.0.0.1 | ::ffff:198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | ::FFFF:10.9.9.9, ::ffff:10.1.1.1 | 10.9.9.9",
        "10.0.0.1 | 203.0.113.9, ::ffff:a01:101 | 203.0.113.9",
        "[fd00:1::1] | 198.51.100.1 | 198.51.100.1",
        "fd00:1:0:0:ffff::1 | 198.51.100.1, fd00:1:0:0:2::2 | 198.51.100.1",
        "fd00:1:0:1::1 | 198.51.100.1 | fd00:1:0:1:0:0:0:1",
        "::ffff:10.0.0.1 | 198.51.100.1 | 198.51.100.1",
        "10.0.0.1 | unknown | unknown",
        "10.0.0.1 | 198.51.100.1, _hidden | unknown",
        "10.0.0.1 | 198.51.100.1, | unknown",
        "10.0.0.1 | 198.51.100.1, 10.0.0.0/8 | unknown",
        "10.0.0.1 | 999.1.1.1 | unknown",
        "10.0.0.1 | dead.beef | unknown",
        "10.0.0.1 | fe80::1%eth0 | unknown",
        "10.0.0.1 | 127.0.0.1.evil.example | unknown",
        "10.0.0.1 | 1.2.3.4' OR 1=1 | unknown"
      })
  void fault22TheLastWhoIsNoProxyOfOursIsTheVisitor(String peer, String forwarded, String visitor) {
    assertThat(proxies.visitor(peer, List.of(forwarded.split(";")))).isEqualTo(visitor);
  }

  @Test
  void withoutAWordOfTheProxyItIsTheVisitorItself() {
    assertThat(proxies.visitor("10.0.0.1", List.of())).isEqualTo("10.0.0.1");
  }

  @Test
  void nobodyIsTrustedUnlessNamed() {
    TrustedProxies none = new TrustedProxies(List.of());
    assertThat(none.visitor("127.0.0.1", List.of("198.51.100.1"))).isEqualTo("127.0.0.1");
    assertThat(none.cameInClear("127.0.0.1", List.of("http"))).isFalse();
  }

  @Test
  void onlyAProxySaysThatAVisitorCameByPlainHttp() {
    assertThat(proxies.cameInClear("10.0.0.1", List.of("http"))).isTrue();
    assertThat(proxies.cameInClear("10.0.0.1", List.of("https", "HTTP"))).isTrue();
    assertThat(proxies.cameInClear("10.0.0.1", List.of("http, https"))).isFalse();
    assertThat(proxies.cameInClear("10.0.0.1", List.of())).isFalse();
    assertThat(proxies.cameInClear("192.0.2.7", List.of("http"))).isFalse();
  }
}
