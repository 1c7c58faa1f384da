package org.trefoil.core.coins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DustTest {
  /** Lengths and first bytes of each kind of script, and Bitcoin Core's threshold at 3 sat/vB. */
  @ParameterizedTest
  @CsvSource({
    "P2PKH,25,118,169,546",
    "P2SH,23,169,20,540",
    "P2WPKH,22,0,20,294",
    "P2WSH,34,0,32,330",
    "P2TR,34,81,32,330",
    "P2A,4,81,2,240",
    "P2PK,35,33,2,576",
    "longest witness program,42,96,40,354",
    "program too long,43,96,41,600",
    "program too short,3,81,1,480",
    "no version number,34,80,32,573",
    "no version number,34,97,32,573",
    "more than a program,34,81,31,573"
  })
  void isWhatBitcoinCoreSays(String kind, int length, int first, int second, long least) {
    byte[] script = new byte[length];
    script[0] = (byte) first;
    script[1] = (byte) second;
    assertThat(Dust.least(script).value()).as(kind).isEqualTo(least);
  }
}
