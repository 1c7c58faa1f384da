package org.trefoil.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalTest {
  @Test
  void itCarriesTheTokenAndItsValuesInTheOrderOfTheSentence() {
    Refusal refusal = Refusal.of(Token.DUST, "minimum", "294", "amount", "100", "a", "b");
    assertThat(refusal.token()).isEqualTo("dust");
    assertThat(refusal.data().keySet()).containsExactly("minimum", "amount", "a");
    assertThat(refusal.data().values()).containsExactly("294", "100", "b");
    assertThat(refusal.is(Token.DUST)).isTrue();
    assertThat(refusal.is(Token.FEE_TOO_HIGH)).isFalse();
  }

  @Test
  void aNameWithoutAValueIsAMistakeOfTheProgram() {
    assertThatThrownBy(() -> Refusal.of(Token.DUST, "minimum"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itsValuesAreItsOwn() {
    Map<String, String> data = new HashMap<>(Map.of("minimum", "294"));
    Refusal refusal = new Refusal("dust", data);
    data.clear();
    assertThat(refusal.data()).containsEntry("minimum", "294");
    assertThatThrownBy(() -> refusal.data().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void thrownItSaysItsTokenAndNothingOfItsValues() {
    Refusal refusal = Refusal.of(Token.DUST, "minimum", "294");
    assertThat(refusal.exception()).hasMessage("dust");
    assertThat(refusal.exception().refusal()).isSameAs(refusal);
  }
}
