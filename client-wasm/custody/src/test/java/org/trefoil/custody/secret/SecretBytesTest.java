package org.trefoil.custody.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;

class SecretBytesTest {
  @Test
  void c1ClosingWipes() {
    byte[] bytes = {1, 2, 3};
    SecretBytes secret = SecretBytes.takingOver(bytes);
    SecretBytes copy = secret.copy();
    secret.close();
    assertThat(bytes).containsOnly(0);
    assertThat(copy.exposed()).containsExactly(1, 2, 3);
    assertThatThrownBy(secret::exposed).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(secret::copy).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void c1NoSecretPrintsItself() {
    try (Born born = TestBirths.here(Network.REGTEST, "print");
        UserSeed user = UserSeed.fresh(TestEntropy.named("print"));
        BackupSeed backup = BackupSeed.fresh(TestEntropy.named("print"));
        AccountKey account = user.account(Network.REGTEST);
        Passcode passcode = Passcode.typed("tell nobody".toCharArray())) {
      String entropy = Hex.of(user.exposedEntropy());
      for (Object secret :
          List.of(
              born,
              user,
              backup,
              account,
              passcode,
              user.mnemonic(),
              SecretBytes.copyOf(user.exposedEntropy()))) {
        assertThat(secret.toString()).endsWith("[redacted]");
        assertThat(secret.toString()).doesNotContain(entropy, "tell nobody");
      }
    }
  }

  @Test
  void isTheSameAsAnotherOfTheSameBytesUntilItIsClosed() {
    byte[] bytes = {1, 2, 3};
    SecretBytes secret = SecretBytes.copyOf(bytes);
    bytes[0] = 9;
    assertThat(secret.length()).isEqualTo(3);
    assertThat(secret.equalsInConstantTime(SecretBytes.copyOf(new byte[] {1, 2, 3}))).isTrue();
    SecretBytes other = SecretBytes.copyOf(bytes);
    assertThat(secret.equalsInConstantTime(other)).isFalse();
    other.close();
    assertThatThrownBy(() -> secret.equalsInConstantTime(other))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void comparesEveryByte() {
    byte[] a = TestEntropy.named("a").bytes(40);
    assertThat(SecretBytes.equalsInConstantTime(a, a.clone())).isTrue();
    for (int i = 0; i < a.length; i++) {
      byte[] b = a.clone();
      b[i] ^= (byte) (1 << (i % 8));
      assertThat(SecretBytes.equalsInConstantTime(a, b)).isFalse();
    }
    assertThat(SecretBytes.equalsInConstantTime(a, new byte[0])).isFalse();
    assertThat(SecretBytes.equalsInConstantTime(a, java.util.Arrays.copyOf(a, 39))).isFalse();
    assertThat(SecretBytes.equalsInConstantTime(new byte[0], new byte[0])).isTrue();
  }
}
