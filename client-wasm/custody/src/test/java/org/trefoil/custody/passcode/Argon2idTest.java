package org.trefoil.custody.passcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.trefoil.core.units.Hex;

/** Our Argon2id against Bouncy Castle's; the RFC's vector is among the vectors. */
class Argon2idTest {
  @Test
  void agreesWithBouncyCastleOn200RandomCases() {
    Random random = new Random(9106);
    for (int i = 0; i < 200; i++) {
      int lanes = 1 + random.nextInt(4);
      int memory = 8 * lanes + random.nextInt(600);
      Stretch.Params params = new Stretch.Params(memory, 1 + random.nextInt(4), lanes);
      byte[] password = bytes(random, random.nextInt(80));
      byte[] salt = bytes(random, 8 + random.nextInt(40));
      byte[] secret = bytes(random, random.nextInt(3) * 8);
      byte[] associated = bytes(random, random.nextInt(3) * 12);
      int length = 4 + random.nextInt(140);
      try (Argon2id ours = new Argon2id(password, salt, secret, associated, params, length)) {
        assertThat(Hex.of(ours.run()))
            .as("case %d: %s", i, params)
            .isEqualTo(Hex.of(theirs(password, salt, secret, associated, params, length)));
      }
    }
  }

  private static byte[] theirs(
      byte[] password,
      byte[] salt,
      byte[] secret,
      byte[] associated,
      Stretch.Params params,
      int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(params.memoryKiB())
            .withIterations(params.iterations())
            .withParallelism(params.parallelism())
            .withSalt(salt)
            .withSecret(secret)
            .withAdditional(associated)
            .build());
    byte[] out = new byte[length];
    generator.generateBytes(password, out);
    return out;
  }

  private static byte[] bytes(Random random, int n) {
    byte[] bytes = new byte[n];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void progressGrowsFromNothingToAll() {
    byte[] none = new byte[0];
    Stretch.Params params = new Stretch.Params(4096, 3, 1);
    try (Argon2id argon2 = new Argon2id(none, new byte[16], none, none, params, 32)) {
      int last = argon2.percent();
      int steps = 0;
      assertThatThrownBy(argon2::finish).isInstanceOf(IllegalStateException.class);
      while (argon2.step()) {
        assertThat(argon2.percent()).isBetween(last, 100);
        last = argon2.percent();
        steps++;
      }
      assertThat(steps).isGreaterThan(8);
      assertThat(argon2.percent()).isEqualTo(100);
      assertThat(argon2.finish()).hasSize(32);
    }
  }
}
