package org.trefoil.custody.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.units.Hex;

/** scrypt in slices. */
class ScryptTest {
  private static Scrypt begin(String password, String salt, int n, int r, int p) {
    return new Scrypt(
        password.getBytes(StandardCharsets.US_ASCII),
        salt.getBytes(StandardCharsets.US_ASCII),
        n,
        r,
        p,
        64);
  }

  /** RFC 7914, section 12, the first two. */
  @ParameterizedTest
  @CsvSource({
    "'','',16,1,1,"
        + "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
    "password,NaCl,1024,8,16,"
        + "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
  })
  void theStandardsOwnVectorsComeOut(
      String password, String salt, int n, int r, int p, String expected) {
    try (Scrypt scrypt = begin(password, salt, n, r, p)) {
      assertThat(scrypt).hasToString("Scrypt[redacted]");
      assertThat(Hex.of(scrypt.run())).isEqualTo(expected);
    }
  }

  @Test
  void aSliceIsOfSixtyFourMixes() {
    // Each of two parts fills 64 blocks and then goes over them again: 256 mixes in all.
    try (Scrypt scrypt = begin("p", "s", 64, 1, 2)) {
      for (int slice = 1; slice <= 4; slice++) {
        assertThatThrownBy(scrypt::finish).isInstanceOf(IllegalStateException.class);
        assertThat(scrypt.step()).isEqualTo(slice < 4);
        assertThat(scrypt.percent()).isEqualTo(25 * slice);
      }
      String once = Hex.of(scrypt.finish());
      assertThat(scrypt.step()).isFalse();
      assertThat(Hex.of(scrypt.finish())).isEqualTo(once);
    }
  }

  @Test
  void thePasswordIsCopiedAndWhatIsClosedHalfwayDoesNotComeOut() {
    byte[] password = {1, 2, 3};
    byte[] salt = {4};
    try (Scrypt one = new Scrypt(password, salt, 64, 1, 1, 32);
        Scrypt two = new Scrypt(password, salt, 64, 1, 1, 32)) {
      Scrypt closed = new Scrypt(password, salt, 64, 1, 1, 32);
      password[0] = 9;
      String whole = Hex.of(one.run());
      assertThat(Hex.of(two.run())).isEqualTo(whole);
      closed.step();
      closed.step();
      assertThat(Hex.of(closed.finish())).isEqualTo(whole);
      closed.close();
      assertThat(Hex.of(closed.finish())).isNotEqualTo(whole);
    }
  }
}
