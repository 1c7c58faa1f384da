package org.trefoil.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenTest {
  @Test
  void eachIsUniqueAndNamedAsItIsWritten() {
    Set<String> seen = new HashSet<>();
    for (Token token : Token.values()) {
      assertThat(seen.add(token.token())).isTrue();
      assertThat(token.token())
          .isEqualTo(token.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .matches("[a-z]+(-[a-z]+)*");
    }
  }

  @Test
  void aRefusalCarriesItsDataInOrder() {
    Refusal refusal = Refusal.of(Token.DUST, "minimum", "330", "amount", "5");
    assertThat(refusal.data().keySet()).containsExactly("minimum", "amount");
    assertThat(refusal.exception()).hasMessage("dust");
    assertThat(refusal.is(Token.DUST)).isTrue();
    assertThatThrownBy(() -> Refusal.of(Token.DUST, "amount"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
