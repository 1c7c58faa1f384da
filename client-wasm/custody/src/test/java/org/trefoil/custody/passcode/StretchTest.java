package org.trefoil.custody.passcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.units.Hex;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.secret.SecretBytes;

class StretchTest {
  @ParameterizedTest
  @CsvSource({
    "65535,3,1,kdf-too-weak",
    "65536,2,1,kdf-too-weak",
    "65536,3,0,kdf-too-weak",
    "-1,3,1,kdf-too-weak",
    "262145,3,1,kdf-too-costly",
    "65536,33,1,kdf-too-costly",
    "65536,3,5,kdf-too-costly",
    "2147483647,3,1,kdf-too-costly"
  })
  void aServerCanNeitherWeakenNorBlowUpTheStretch(int memory, int passes, int lanes, String token) {
    Stretch.Params params = new Stretch.Params(memory, passes, lanes);
    try (Passcode passcode = Passcode.typed("whatever".toCharArray())) {
      assertThatThrownBy(() -> PasswordProof.prove(passcode, new byte[16], params))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal().token()).isEqualTo(token));
    }
  }

  @ParameterizedTest
  @CsvSource({"1000,3", "250,12", "100,16", "1,16", "60000,3", "600,5"})
  void passesAreRaisedTowardASecond(long millis, int passes) {
    Stretch.Params params = Stretch.Params.calibrated(millis);
    assertThat(params).isEqualTo(new Stretch.Params(65536, passes, 1));
    assertThat(params.refuseOutOfRange()).isSameAs(params);
  }

  @Test
  void onePhraseForBothTellsTheServerNothingThatOpensTheEnvelope() {
    byte[] salt = TestEntropy.named("salt").bytes(16);
    try (Passcode phrase = Passcode.typed("one phrase for both".toCharArray());
        Stretch stretch = Stretch.begin(phrase, salt, Stretch.Params.FLOOR)) {
      PasswordProof proof = PasswordProof.prove(phrase, salt, Stretch.Params.FLOOR).run();
      try (StretchedKey key = stretch.run();
          SecretBytes sealing = key.derive("trefoil/envelope/1", salt, 32);
          SecretBytes again = key.derive(PasswordProof.LABEL, salt, 32)) {
        // Even under one salt, the labels part the two; knowing one of them is not knowing the
        // other.
        assertThat(Hex.of(proof.proof())).isNotEqualTo(Hex.of(sealing.exposed()));
        assertThat(Hex.of(proof.proof())).isEqualTo(Hex.of(again.exposed()));
      }
      assertThat(proof.toString()).isEqualTo("PasswordProof[redacted]");
      assertThat(proof.proof()).hasSize(32);
    }
  }

  @Test
  void twoProofsOfOnePasswordDiffer() {
    try (Passcode password = Passcode.typed("the same".toCharArray())) {
      PasswordProof one =
          PasswordProof.make(password, TestEntropy.named("1"), Stretch.Params.FLOOR).run();
      PasswordProof two =
          PasswordProof.make(password, TestEntropy.named("2"), Stretch.Params.FLOOR).run();
      assertThat(Hex.of(one.salt())).isNotEqualTo(Hex.of(two.salt()));
      assertThat(Hex.of(one.proof())).isNotEqualTo(Hex.of(two.proof()));
      PasswordProof again = PasswordProof.prove(password, one.salt(), one.params()).run();
      assertThat(Hex.of(again.proof())).isEqualTo(Hex.of(one.proof()));
    }
  }
}
