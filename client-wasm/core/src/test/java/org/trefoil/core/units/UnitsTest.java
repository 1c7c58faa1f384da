package org.trefoil.core.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;

class UnitsTest {
  @Test
  void amountsReadAsTheyPrint() {
    Random random = new Random(21);
    for (int i = 0; i < 2000; i++) {
      Sats sats = new Sats(random.nextLong(Sats.MAX + 1));
      assertThat(Sats.parseBtc(sats.btc())).isEqualTo(sats);
      assertThat(Sats.parseSat(Long.toString(sats.value()))).isEqualTo(sats);
    }
    assertThat(Sats.parseBtc("0.00012").btc()).isEqualTo("0.00012000");
    assertThat(new Sats(Sats.MAX).display()).isEqualTo("21000000.00000000 BTC");
  }

  @Test
  void nothingElseIsAnAmount() {
    for (String text : new String[] {"", ".", "1.", ".1", "1,5", " 1", "1e2", "-1", "٣", "1.0.0"}) {
      refusal(Token.AMOUNT_MALFORMED, () -> Sats.parseBtc(text));
    }
    refusal(Token.AMOUNT_TOO_PRECISE, () -> Sats.parseBtc("0.123456789"));
    refusal(Token.AMOUNT_TOO_PRECISE, () -> Sats.parseSat("1.5"));
    refusal(Token.AMOUNT_TOO_LARGE, () -> Sats.parseBtc("21000000.00000001"));
    refusal(Token.AMOUNT_TOO_LARGE, () -> Sats.parseBtc("9".repeat(400)));
  }

  @Test
  void amountsOfOtherProgramsAreReadExactly() {
    for (String text : new String[] {"0.00012", "1.2e-4", "1.2E-04", "0.000120000000", "12e-5"}) {
      assertThat(Sats.ofDecimal(text)).as(text).isEqualTo(new Sats(12_000));
    }
    assertThat(Sats.ofDecimal("21e+6")).isEqualTo(new Sats(Sats.MAX));
    assertThat(Sats.ofDecimal("0e99")).isEqualTo(Sats.ZERO);
    for (String text :
        new String[] {"", "e1", "1.e2", "-1", "1e", "1e+", "1e100", "1e1.0", "NaN"}) {
      refusal(Token.AMOUNT_MALFORMED, () -> Sats.ofDecimal(text));
    }
    for (String text : new String[] {"0.000000001", "1e-9", "1.000000001", "1e-99"}) {
      refusal(Token.AMOUNT_TOO_PRECISE, () -> Sats.ofDecimal(text));
    }
    refusal(Token.AMOUNT_TOO_LARGE, () -> Sats.ofDecimal("21000000.00000001"));
    refusal(Token.AMOUNT_TOO_LARGE, () -> Sats.ofDecimal("1e99"));
  }

  @Test
  void sumsStayWithinBounds() {
    Sats all = new Sats(Sats.MAX);
    refusal(Token.AMOUNT_TOO_LARGE, () -> all.plus(new Sats(1)));
    refusal(Token.AMOUNT_TOO_LARGE, () -> Sats.ZERO.minus(new Sats(1)));
    assertThat(all.minus(all)).isEqualTo(Sats.ZERO);
  }

  @Test
  void feesRoundUp() {
    assertThat(FeeRate.ofSatPerVb("1.5").feeFor(141)).isEqualTo(new Sats(212));
    assertThat(FeeRate.ofSatPerVb("0.001").feeFor(1)).isEqualTo(new Sats(1));
    assertThat(new FeeRate(0).feeFor(100)).isEqualTo(Sats.ZERO);
    assertThat(new FeeRate(FeeRate.MAX).feeFor(4_000_000).value()).isPositive();
    refusal(Token.FEE_RATE_MALFORMED, () -> FeeRate.ofSatPerVb("fast"));
  }

  @Test
  void aCommaInAFeeRateIsADecimalPointUnlessItCouldStandBetweenThousands() {
    assertThat(FeeRate.ofSatPerVb("1,5")).isEqualTo(FeeRate.ofSatPerVb("1.5"));
    assertThat(FeeRate.ofSatPerVb("12,25")).isEqualTo(FeeRate.ofSatPerVb("12.25"));
    for (String text : new String[] {"1,000", "1,5,0", "1.000,5", "1,,5", ",5", "1,"}) {
      refusal(Token.FEE_RATE_MALFORMED, () -> FeeRate.ofSatPerVb(text));
    }
  }

  @Test
  void feeRatesReadAsTheyPrint() {
    for (String text : new String[] {"0", "1", "1.5", "0.001", "10", "123.45"}) {
      assertThat(FeeRate.ofSatPerVb(text).satPerVb()).isEqualTo(text);
    }
  }

  @Test
  void hexReadsAsItPrints() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < 256; i++) {
      bytes[i] = (byte) i;
    }
    assertThat(Hex.parse(Hex.of(bytes))).isEqualTo(bytes);
    assertThat(Hex.parse("dEADbeEF")).isEqualTo(Hex.parse("deadbeef"));
    for (String text : new String[] {"a", "0g", "٣٣", "  "}) {
      assertThatThrownBy(() -> Hex.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void networksAreFoundByTheirId() {
    for (Network network : Network.values()) {
      assertThat(Network.of(network.id())).isSameAs(network);
      assertThat(network.hrp()).isEqualTo(network.bitcoinj().segwitAddressHrp());
      assertThat(network.p2pkhVersion()).isEqualTo(network.bitcoinj().legacyAddressHeader());
      assertThat(network.p2shVersion()).isEqualTo(network.bitcoinj().legacyP2SHHeader());
    }
  }
}
