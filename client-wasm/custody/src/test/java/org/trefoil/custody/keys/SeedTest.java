package org.trefoil.custody.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.entropy.EntropyMissing;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.secret.SecretBytes;
import org.trefoil.custody.slip39.ShareSet;

/** The seeds of the user's key and of the backup key: where they come from, and how they end. */
class SeedTest {
  private static final byte[] ENTROPY = TestEntropy.named("a seed").bytes(32);

  private static BackupSeed seed() {
    return BackupSeed.takingOver(SecretBytes.copyOf(ENTROPY));
  }

  private static byte[] entropy(BackupSeed seed) {
    try (seed;
        Mnemonic words = seed.mnemonic()) {
      return words.entropy().exposed();
    }
  }

  @Test
  void aNewSeedIsWhatTheSourceGivesAndABrokenSourceGivesNone() {
    assertThat(entropy(BackupSeed.fresh(TestEntropy.named("a seed")))).isEqualTo(ENTROPY);
    try (UserSeed user = UserSeed.fresh(TestEntropy.named("a seed"))) {
      assertThat(user.exposedEntropy()).isEqualTo(ENTROPY);
    }
    assertThatThrownBy(() -> BackupSeed.fresh(byte[]::new)).isInstanceOf(EntropyMissing.class);
    assertThatThrownBy(() -> UserSeed.fresh(byte[]::new)).isInstanceOf(EntropyMissing.class);
  }

  @Test
  void aSeedHasThirtyTwoBytes() {
    for (int length : new int[] {0, 16, 31, 33, 64}) {
      SecretBytes other = SecretBytes.takingOver(new byte[length]);
      assertThatThrownBy(() -> BackupSeed.takingOver(other))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> UserSeed.takingOver(other))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void twentyFourWordsMakeTheSeedAgainAndFewerNone() {
    try (Mnemonic words = Mnemonic.of(ENTROPY)) {
      assertThat(entropy(BackupSeed.ofWords(words))).isEqualTo(ENTROPY);
    }
    for (int bytes : new int[] {16, 20, 28}) {
      try (Mnemonic fewer = Mnemonic.of(new byte[bytes])) {
        refusal(Token.WORDS_COUNT, () -> BackupSeed.ofWords(fewer));
      }
    }
  }

  @Test
  void anyTwoOfThreeSharesMakeTheSeedAgainAndSharesOfAShorterSecretNone() {
    try (BackupSeed seed = seed();
        ShareSet shares = seed.split(2, 3, TestEntropy.named("shares"))) {
      for (int left = 1; left <= 3; left++) {
        char[][] typed = {text(shares, left % 3 + 1), text(shares, (left + 1) % 3 + 1)};
        assertThat(entropy(BackupSeed.ofShares(typed))).isEqualTo(ENTROPY);
      }
      refusal(Token.SPLIT_NUMBERS, () -> seed.split(4, 3, TestEntropy.named("shares")));
    }
    byte[] half = Arrays.copyOf(ENTROPY, 16);
    try (ShareSet shares = ShareSet.of(half, 2, 2, TestEntropy.named("of 16 bytes"))) {
      char[][] typed = {text(shares, 1), text(shares, 2)};
      refusal(Token.PAPER_OTHER_KEY, () -> BackupSeed.ofShares(typed));
    }
  }

  private static char[] text(ShareSet shares, int share) {
    StringBuilder text = new StringBuilder();
    for (char[] word : shares.words(share)) {
      text.append(word).append(' ');
    }
    return text.toString().toCharArray();
  }

  @Test
  void aSeedThatIsClosedSpellsNothing() {
    BackupSeed backup = seed();
    UserSeed user = UserSeed.takingOver(SecretBytes.copyOf(ENTROPY));
    assertThat(backup).hasToString("BackupSeed[redacted]");
    assertThat(user).hasToString("UserSeed[redacted]");
    byte[] live = user.exposedEntropy();
    backup.close();
    user.close();
    assertThat(live).isEqualTo(new byte[32]);
    assertThatThrownBy(backup::mnemonic).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(user::mnemonic).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> user.account(Network.REGTEST))
        .isInstanceOf(IllegalStateException.class);
  }
}
