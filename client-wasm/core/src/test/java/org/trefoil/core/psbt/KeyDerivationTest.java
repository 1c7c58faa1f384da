package org.trefoil.core.psbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trefoil.core.units.Hex;

class KeyDerivationTest {
  private static final byte[] KEY = Hex.parse("02" + "11".repeat(32));

  @Test
  void whatIsWrittenIsBip174sFingerprintAndSteps() {
    KeyDerivation derivation =
        KeyDerivation.of(KEY, 0x81a2b3c4, 0x80000030, 0, 1, 0x7fffffff, 0x01020384);
    assertThat(Hex.of(derivation.origin()))
        .isEqualTo("81a2b3c4" + "30000080" + "00000000" + "01000000" + "ffffff7f" + "84030201");
    assertThat(derivation.fingerprint()).isEqualTo(0x81a2b3c4);
    assertThat(derivation.stepCount()).isEqualTo(5);
    int[] steps = {0x80000030, 0, 1, 0x7fffffff, 0x01020384};
    for (int i = 0; i < steps.length; i++) {
      assertThat(derivation.step(i)).isEqualTo(steps[i]);
    }
    assertThatThrownBy(() -> derivation.step(-1)).hasMessage("no step -1");
    assertThatThrownBy(() -> derivation.step(5)).hasMessage("no step 5");
    assertThat(derivation.publicKey()).isEqualTo(KEY);
  }

  @Test
  void aMasterKeysOwnPlaceHasNoSteps() {
    assertThat(KeyDerivation.of(KEY, 1).stepCount()).isZero();
    for (int length : new int[] {0, 3, 5, 6}) {
      assertThatThrownBy(() -> new KeyDerivation(KEY, new byte[length]))
          .hasMessage("not a key origin");
    }
  }

  @Test
  void twoAreAlikeInKeyAndPlaceOrNotAtAll() {
    KeyDerivation one = KeyDerivation.of(KEY, 5, 1, 2);
    assertThat(Set.of(one)).contains(KeyDerivation.of(KEY, 5, 1, 2));
    byte[] other = KEY.clone();
    other[32]++;
    assertThat(one)
        .isNotEqualTo(KeyDerivation.of(other, 5, 1, 2))
        .isNotEqualTo(KeyDerivation.of(KEY, 6, 1, 2))
        .isNotEqualTo(KeyDerivation.of(KEY, 5, 1, 3))
        .isNotEqualTo(KeyDerivation.of(KEY, 5, 1));
  }
}
