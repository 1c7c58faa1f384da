package org.trefoil.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.RefusedException;

/** Ranges of addresses, held against what the JDK reads. */
class IpRangeTest {
  private static final int CASES = 2_000;

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0, 255.255.255.255, true",
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "192.0.2.7/32, ::ffff:192.0.2.7, true",
    "::ffff:192.0.2.0/24, 192.0.2.9, true",
    "192.0.2.0/24, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "2001:db8::/32, 2001:db8:ffff::, true",
    "2001:db8::/32, 2001:db9::, false",
    "2001:db8::/33, 2001:db8:8000::, false",
    "::1, 0:0:0:0:0:0:0:1, true",
    "1::, 1:0:0:0:0:0:0:0, true",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0, true",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8, true",
    "abcd::12, ABCD::12, true",
    "::/0, fe80::1%eth0, false",
    "0.0.0.0/0, localhost, false"
  })
  void anAddressIsInItOrNot(String range, String address, boolean is) {
    assertThat(IpRange.parse(range).has(address)).isEqualTo(is);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.-1",
        "1.2.3.0004",
        "1.2.3.a",
        "1.2.3.4/",
        "1.2.3.4/33",
        "1.2.3.4/-1",
        "1.2.3.4/0032",
        "1::2::3",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "1:2:3:4::5:6:7:8",
        "1:",
        ":1",
        "12345::",
        "g::",
        "::/129",
        "::ffff:1.2.3",
        "\u0661.2.3.4"
      })
  void whatIsNoRangeIsRefused(String text) {
    assertThatThrownBy(() -> IpRange.parse(text)).isInstanceOf(RefusedException.class);
  }

  @Test
  void everyAddressAndPrefixIsReadAsTheJdkReadsIt() throws Exception {
    Random random = new Random(20261122);
    for (int i = 0; i < CASES; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      int from = random.nextInt(bytes.length);
      for (int at = from; at < from + random.nextInt(bytes.length - from + 1); at++) {
        bytes[at] = 0;
      }
      int bits = random.nextInt(bytes.length * 8 + 1);
      String text = InetAddress.getByAddress(bytes).getHostAddress();
      IpRange range = IpRange.parse(text + "/" + bits);
      assertThat(range.has(text)).as(text).isTrue();
      assertThat(range.holds(IpRange.parse(shortened(text)))).as(text).isTrue();
      assertThat(IpRange.parse(text).holds(range)).isEqualTo(bits == bytes.length * 8);
      for (int bit : new int[] {0, bits - 1, bits, bytes.length * 8 - 1}) {
        if (bit >= 0 && bit < bytes.length * 8) {
          String other = flipped(bytes, bit);
          assertThat(range.has(other)).as(text + "/" + bits + " " + other).isEqualTo(bit >= bits);
        }
      }
    }
  }

  private static String flipped(byte[] bytes, int bit) throws Exception {
    int last = bytes.length * 8 - 1;
    byte[] other = new BigInteger(1, bytes).flipBit(last - bit).toByteArray();
    byte[] whole = new byte[bytes.length];
    for (int i = 1; i <= Math.min(other.length, whole.length); i++) {
      whole[whole.length - i] = other[other.length - i];
    }
    return InetAddress.getByAddress(whole).getHostAddress().toUpperCase(Locale.ROOT);
  }

  /** With a gap in place of the first zeros, where there are any. */
  private static String shortened(String text) {
    return text.contains(":") && !text.contains("::")
        ? text.replaceFirst("(^|:)0(:0)+(:|$)", "::")
        : text;
  }
}
