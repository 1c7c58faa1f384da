package org.trefoil.server.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** No signature out of range reaches the JDK, of which some releases hold zeros for good. */
class EcdsaSignatureTest {
  private static final BigInteger N = EcdsaSignature.ORDER;

  private static boolean inRange(BigInteger r, BigInteger s) {
    String numbers = number(r) + number(s);
    return EcdsaSignature.inRange(hex("30" + length(numbers) + numbers));
  }

  private static String number(BigInteger number) {
    String hex = HexFormat.of().formatHex(number.toByteArray());
    return "02" + length(hex) + hex;
  }

  private static String length(String hex) {
    return HexFormat.of().toHexDigits((byte) (hex.length() / 2));
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void eachNumberIsFromOneToTheOrderLessOne() {
    BigInteger most = N.subtract(BigInteger.ONE);
    assertThat(inRange(BigInteger.ONE, most)).isTrue();
    assertThat(inRange(most, BigInteger.ONE)).isTrue();
    for (BigInteger bad :
        new BigInteger[] {BigInteger.ZERO, N, N.add(BigInteger.ONE), BigInteger.ONE.negate()}) {
      assertThat(inRange(bad, BigInteger.ONE)).as("r %s", bad).isFalse();
      assertThat(inRange(BigInteger.ONE, bad)).as("s %s", bad).isFalse();
      assertThat(inRange(bad, bad)).as("both %s", bad).isFalse();
    }
  }

  @Test
  void nothingIsWrittenInASecondWay() {
    assertThat(EcdsaSignature.inRange(hex("3006020101020101"))).isTrue();
    for (String bad :
        new String[] {
          "",
          "30",
          "3006020101020100",
          "300702010102020001",
          "30060201010201",
          "300602010102010100",
          "3007020101020101",
          "3006020101020201",
          "300602010103010101",
          "3003020101",
          "300902010102010102010101".substring(0, 22),
          "30810602010102010100".substring(0, 18)
        }) {
      assertThat(EcdsaSignature.inRange(hex(bad))).as(bad).isFalse();
    }
  }
}
