package org.trefoil.server.secondfactor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors of RFC 6238, appendix B, with SHA-1. */
class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void givesTheCodesOfTheStandard(long seconds, String code) {
    long step = Totp.step(Instant.ofEpochSecond(seconds));
    assertThat(Totp.code(SECRET, step, 8)).isEqualTo(code);
  }

  @Test
  void acceptsOneStepOnEitherSide() {
    Instant now = Instant.ofEpochSecond(1_234_567_890);
    long step = Totp.step(now);
    for (long near = step - 1; near <= step + 1; near++) {
      assertThat(Totp.match(SECRET, Totp.code(SECRET, near, 6), now)).hasValue(near);
    }
    assertThat(Totp.match(SECRET, Totp.code(SECRET, step - 2, 6), now)).isEmpty();
    assertThat(Totp.match(SECRET, Totp.code(SECRET, step + 2, 6), now)).isEmpty();
    assertThat(Totp.match(SECRET, "", now)).isEmpty();
  }

  @Test
  void ofTwoStepsWithTheSameCodeItIsTheLaterOne() {
    long step = 910_737;
    String code = Totp.code(SECRET, step, 6);
    assertThat(Totp.code(SECRET, step + 1, 6)).isEqualTo(code);
    for (long now = step; now <= step + 1; now++) {
      Instant at = Instant.ofEpochSecond(now * Totp.STEP_SECONDS);
      assertThat(Totp.match(SECRET, code, at)).hasValue(step + 1);
    }
  }

  @Test
  void writesBase32AsTheStandardDoes() {
    // RFC 4648, section 10, without padding.
    String[][] vectors = {
      {"", ""},
      {"f", "MY"},
      {"fo", "MZXQ"},
      {"foo", "MZXW6"},
      {"foob", "MZXW6YQ"},
      {"fooba", "MZXW6YTB"},
      {"foobar", "MZXW6YTBOI"}
    };
    for (String[] vector : vectors) {
      assertThat(Base32.encode(vector[0].getBytes(US_ASCII))).isEqualTo(vector[1]);
    }
  }
}
