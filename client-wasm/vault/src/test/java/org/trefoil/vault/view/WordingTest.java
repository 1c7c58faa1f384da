package org.trefoil.vault.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

class WordingTest {
  @Test
  void valuesStandInTheirPlaces() {
    String sentence = Wording.of(Refusal.of(Token.DUST, "amount", "1 sat", "minimum", "2 sat"));
    assertThat(sentence).contains("1 sat").contains("2 sat").doesNotContain("{");
  }

  @Test
  void absentValuesAreLeftOut() {
    assertThat(Wording.fill("a {b} c {d", Map.of())).isEqualTo("a  c {d");
  }

  @Test
  void everyRefusalOfThePasscodeHasASentenceOfItsOwn() {
    assertThat(Wording.of(Refusal.of(Token.PASSCODE_WRONG))).contains("passcode is wrong");
    assertThat(Wording.of(Refusal.of(Token.VAULT_COVERED))).contains("covered");
  }

  @Test
  void anUnknownTokenIsNamed() {
    assertThat(Sentences.of("no-such-token")).contains("no-such-token");
  }
}
