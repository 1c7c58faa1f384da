package org.trefoil.custody.bip39;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "abandin,abandon,true",
    "Abandn,abandon,true",
    "abandoon,abandon,true",
    "abadnon,abandon,true",
    "abandno,abandon,true",
    "bandon,abandon,true",
    "xabandon,abandon,true",
    "abandonx,abandon,true",
    "abadnno,abandon,false",
    "aband,abandon,false",
    "zoo,abandon,false",
  })
  void oneSlipIsALetterWrongMissingTooManyOrTwoSwapped(String typed, String word, boolean one) {
    assertThat(Words.oneSlip(typed.toCharArray(), word)).isEqualTo(one);
  }
}
