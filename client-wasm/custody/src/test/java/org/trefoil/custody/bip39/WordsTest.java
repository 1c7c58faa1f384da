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
    "xbandon,abandon,true",
    "baandon,abandon,true",
    "ABADNON,abandon,true",
    "abxandox,abandon,false",
    "abndox,abandon,false",
    "abxndxn,abandon,false",
    "abadnox,abandon,false",
    "abndnon,abandon,false",
    "abxadon,abandon,false",
    "abandonxx,abandon,false",
    "abadnno,abandon,false",
    "aband,abandon,false",
    "zoo,abandon,false",
  })
  void oneSlipIsALetterWrongMissingTooManyOrTwoSwapped(String typed, String word, boolean one) {
    assertThat(Words.oneSlip(typed.toCharArray(), word)).isEqualTo(one);
  }

  @ParameterizedTest
  @CsvSource({
    "abandon,0",
    "aBAn,0",
    "zoo,2047",
    "ZOO,2047",
    "abi,-1",
    "aband,-1",
    "abandonx,-1",
    "abandonabandon,-1",
    "aaaa,-1",
    "zooz,-1",
    "zzzz,-1",
    "äban,-1",
    "'',-1",
    "'a b',-1"
  })
  void aWordIsItselfOrItsFirstFourLetters(String typed, int value) {
    assertThat(Words.value(typed.toCharArray())).isEqualTo(value);
    String blanks = " \t\r\n\u00a0\u3000";
    assertThat(Words.value((blanks + typed + blanks).toCharArray())).isEqualTo(value);
    assertThat(Words.value((typed + ",").toCharArray())).isEqualTo(-1);
  }
}
