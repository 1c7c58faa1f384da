package org.trefoil.custody.recover.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.recover.PaperKind;

class SharesTest {
  private static final Born BORN = TestBirths.split(Network.REGTEST, "shares", 2, 3);
  private static final String DESCRIPTOR = BORN.cosigners().descriptor();

  private static String share(int number) {
    List<String> words = new ArrayList<>();
    for (char[] word : BORN.backupShares().words(number)) {
      words.add(new String(word));
    }
    return String.join(" ", words);
  }

  private static boolean show(Answers typist) {
    return new Shares(new Conversation(typist, new OnDisk())).show();
  }

  @Test
  void anyTwoSheetsShowTheWordsOfTheWalletsBackupKey() {
    Answers typist = new Answers("", share(3), share(1), DESCRIPTOR, "regtest");
    assertThat(show(typist)).isTrue();
    assertThat(typist.shown())
        .contains("2 shares are needed; given so far: 1", "m/48'/1'/0'/2'")
        .doesNotContain(share(1).substring(0, 30));
    assertThat(typist.words()).hasSizeGreaterThan(24 * 4);
    char[][] shares = {share(1).toCharArray(), share(2).toCharArray()};
    try (BackupSeed seed = BackupSeed.ofShares(shares);
        AccountKey key = seed.account(Network.REGTEST)) {
      assertThat(key.cosignerKey()).isEqualTo(BORN.cosigners().key(KeyRole.BACKUP));
      List<String> words = new ArrayList<>();
      for (char[] word : seed.mnemonic().words()) {
        words.add(new String(word));
      }
      assertThat(typist.words()).isEqualTo(String.join(" ", words));
    }
    assertThat(typist.hidden).hasSize(2).allMatch(typedOne -> typedOne[0] == '\0');
  }

  @Test
  void aMistypedShareIsNamedAndAskedForAgain() {
    String[] wrong = share(2).split(" ");
    wrong[11] = "trefoil";
    Answers typist =
        new Answers(
            "", share(1), String.join(" ", wrong), share(1), share(2), DESCRIPTOR, "regtest");
    assertThat(show(typist)).isTrue();
    assertThat(typist.shown())
        .contains("In share 2, word 12 is not in the list", "Share 2 is the same as share 1");
  }

  @Test
  void anotherWalletsSharesShowNoWord() {
    String other = TestBirths.here(Network.REGTEST, "another").cosigners().descriptor();
    Answers typist = new Answers("", share(1), share(2), other, "regtest");
    assertThat(show(typist)).isFalse();
    assertThat(typist.shown()).contains("a key of another wallet");
    assertThat(typist.words()).isEmpty();
    assertThat(show(new Answers("", share(1)))).isFalse();
  }

  @Test
  void theDescriptorNeedNotBeAtHand() {
    Answers typist = new Answers("", share(2), share(1), "");
    assertThat(show(typist)).isTrue();
    assertThat(typist.shown()).contains("A backup key's 24 words", "m/48'/0'/0'/2' on mainnet");
    assertThat(typist.words()).hasSizeGreaterThan(24 * 4);
  }

  @Test
  void oneShareIsNotTakenForTheWordsOfAKey() {
    assertThat(PaperKind.of(share(1).toCharArray())).isEqualTo(PaperKind.SHARE);
  }
}
