package org.trefoil.vault.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.vault.standin.java.util.Formatter;
import org.trefoil.vault.standin.java.util.regex.Pattern;

/** The stand-ins answer as the classes in whose place they stand, or refuse. */
class StandInsTest {
  @ParameterizedTest
  @ValueSource(strings = {"[0-9]*", "[A-Z0-9 $%*+./:-]*"})
  void aSetOfCharactersMatchesAsInJava(String regex) {
    Pattern ours = Pattern.compile(regex);
    java.util.regex.Pattern javas = java.util.regex.Pattern.compile(regex);
    assertThat(ours.matcher("").matches()).isTrue();
    for (char c = 0; c < 300; c++) {
      String text = "07" + c;
      assertThat(ours.matcher(text).matches()).isEqualTo(javas.matcher(text).matches());
    }
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(6); j > 0; j--) {
        text.append((char) (32 + random.nextInt(64)));
      }
      assertThat(ours.matcher(text).matches()).isEqualTo(javas.matcher(text).matches());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0-9]+", "a*", "[^a]*", "[\\d]*", "[a&&b]*", "[a[b]]*", "[a]b]*", ".*", "", "[]*"
      })
  void anyOtherRegularExpressionIsRefused(String regex) {
    assertThatIllegalArgumentException().isThrownBy(() -> Pattern.compile(regex));
  }

  @Test
  void numbersAndTextsAreFormattedAsInJava() {
    String format = "Data length = %d bits, Max capacity = %d bits%n%s";
    assertThat(new Formatter().format(format, 12, -5L, "x").toString())
        .isEqualTo(String.format(format, 12, -5L, "x"));
    assertThat(new Formatter().format("plain").toString()).isEqualTo("plain");
    assertThatIllegalArgumentException().isThrownBy(() -> new Formatter().format("%x", 1));
  }

  @Test
  void theOneCurveIsBouncyCastles() {
    var ours =
        org.trefoil.vault.standin.org.bouncycastle.crypto.ec.CustomNamedCurves.getByName(
            "secp256k1");
    var theirs = CustomNamedCurves.getByName("secp256k1");
    assertThat(ours.getG()).isEqualTo(theirs.getG());
    assertThat(ours.getN()).isEqualTo(theirs.getN());
    assertThat(ours.getCurve()).isEqualTo(theirs.getCurve());
  }
}
