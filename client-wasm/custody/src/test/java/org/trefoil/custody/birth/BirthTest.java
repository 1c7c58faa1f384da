package org.trefoil.custody.birth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trefoil.core.Refusals.refusal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicHierarchy;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.bitcoinj.crypto.MnemonicCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Endorsement;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.birth.PaperQuestion.Source;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.sign.PaperStatement;
import org.trefoil.custody.sign.Stater;
import org.trefoil.custody.slip39.ShareSet;

class BirthTest {
  @ParameterizedTest
  @EnumSource(Network.class)
  void theWholeCeremonyWithABackupKeyMadeHere(Network network) {
    try (Born born = QuickBirths.here(network, "here")) {
      Cosigners cosigners = born.cosigners();
      assertThat(cosigners.keys())
          .extracting(CosignerKey::role)
          .containsExactly(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER);
      assertThat(cosigners.threshold()).isEqualTo(2);
      assertThat(Endorsement.verify(cosigners, born.walletId(), born.endorsement())).isTrue();
      assertThat(born.firstAddress()).isEqualTo(cosigners.address(0, 0));
      assertThat(born.backupIsCold()).isFalse();
      try (Mnemonic words = born.backupWords()) {
        assertThat(words.count()).isEqualTo(24);
        PaperCheck check = born.paperCheck();
        PaperStatement statement = check.answer(answers(check, born));
        assertThat(statement.by()).isEqualTo(KeyRole.BACKUP);
        assertThat(verified(statement, born)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2,3,7", "3,5,6", "2,2,5"})
  void theWholeCeremonyWithASplitBackupKey(int threshold, int count, int asked) {
    try (Born born = QuickBirths.split(Network.REGTEST, "split", threshold, count)) {
      assertThat(born.backupIsCold()).isFalse();
      assertThat(born.backupWords()).isNull();
      ShareSet shares = born.backupShares();
      assertThat(shares.threshold()).isEqualTo(threshold);
      assertThat(shares.count()).isEqualTo(count);
      PaperCheck check = born.paperCheck();
      assertThat(check.questions()).hasSize(asked);
      assertThat(check.questions())
          .extracting(PaperQuestion::sheetName)
          .contains("A1", "A" + count, "B");
      for (int i = 0; i < asked; i++) {
        char[][] wrong = answers(check, born);
        wrong[i] = "trefoil".toCharArray();
        PaperQuestion question = check.questions().get(i);
        assertThatThrownBy(() -> check.answer(wrong))
            .isInstanceOfSatisfying(
                RefusedException.class,
                e ->
                    assertThat(e.refusal().data())
                        .containsEntry("position", Integer.toString(question.position()))
                        .containsEntry("sheet", question.sheetName()));
      }
      PaperStatement statement = check.answer(answers(check, born));
      assertThat(statement.by()).isEqualTo(KeyRole.BACKUP);
      assertThat(verified(statement, born)).isTrue();
      char[][] enough = new char[threshold][];
      for (int i = 0; i < threshold; i++) {
        enough[i] = joined(shares.words(count - i));
      }
      PaperStatement resumed = resumedByShares(born.cosigners(), born.walletId(), enough);
      assertThat(verified(resumed, born)).isTrue();
      try (Born other = QuickBirths.split(Network.REGTEST, "other", threshold, count)) {
        refusal(
            Token.PAPER_OTHER_KEY,
            () -> resumedByShares(other.cosigners(), other.walletId(), enough));
      }
      char[][] few = Arrays.copyOf(enough, threshold - 1);
      refusal(Token.SHARES_MISSING, () -> resumedByShares(born.cosigners(), born.walletId(), few));
    }
    try (Begun begun =
        Begun.begin(TestBirths.terms(Network.REGTEST, "s"), TestEntropy.named("s"))) {
      refusal(Token.SPLIT_NUMBERS, () -> begun.withBackupSplit(1, count));
    }
  }

  private static char[] joined(char[][] words) {
    StringBuilder text = new StringBuilder();
    for (char[] word : words) {
      text.append(word).append(' ');
    }
    return text.toString().toCharArray();
  }

  @Test
  void theWholeCeremonyWithAColdBackupKey() {
    try (Born born = QuickBirths.cold(Network.TESTNET, "cold")) {
      assertThat(born.backupIsCold()).isTrue();
      assertThat(born.backupWords()).isNull();
      PaperCheck check = born.paperCheck();
      assertThat(check.questions()).hasSize(4);
      PaperStatement statement = check.answer(answers(check, born));
      assertThat(statement.by()).isEqualTo(KeyRole.USER);
      assertThat(verified(statement, born)).isTrue();
    }
  }

  @Test
  void c4TheWordsOnPaperAreABip39WalletForAnybodysSoftware() throws Exception {
    try (Born born = QuickBirths.here(Network.MAINNET, "recover");
        Mnemonic words = born.backupWords()) {
      List<String> list = new java.util.ArrayList<>();
      for (int i = 1; i <= 24; i++) {
        list.add(words.word(i));
      }
      MnemonicCode.INSTANCE.check(list);
      DeterministicKey master =
          HDKeyDerivation.createMasterPrivateKey(MnemonicCode.toSeed(list, ""));
      DeterministicKey account =
          new DeterministicHierarchy(master)
              .get(
                  List.of(
                      new ChildNumber(48, true),
                      new ChildNumber(0, true),
                      new ChildNumber(0, true),
                      new ChildNumber(2, true)),
                  false,
                  true);
      CosignerKey backup = born.cosigners().key(KeyRole.BACKUP);
      assertThat(Hex.of(backup.xpub().publicKey())).isEqualTo(Hex.of(account.getPubKey()));
      assertThat(Hex.of(backup.xpub().chainCode())).isEqualTo(Hex.of(account.getChainCode()));
      assertThat(backup.origin().fingerprint()).isEqualTo(master.getFingerprint());
      assertThat(account.serializePubB58(org.bitcoinj.base.BitcoinNetwork.MAINNET))
          .isEqualTo(backup.xpub().base58());
    }
  }

  @Test
  void equalEntropyGivesEqualWalletsAndOtherEntropyOthers() {
    try (Born one = QuickBirths.here(Network.REGTEST, "same");
        Born two = QuickBirths.here(Network.REGTEST, "same");
        Born other = QuickBirths.here(Network.REGTEST, "not the same")) {
      assertThat(one.sealed().text()).isEqualTo(two.sealed().text());
      assertThat(one.cosigners()).isEqualTo(two.cosigners());
      assertThat(one.paperCheck().questions()).hasSize(5);
      assertThat(other.cosigners()).isNotEqualTo(one.cosigners());
    }
  }

  @Test
  void aWrongWordIsNamedByItsSheetAndPosition() {
    try (Born born = QuickBirths.here(Network.REGTEST, "paper")) {
      PaperCheck check = born.paperCheck();
      for (int i = 0; i < check.questions().size(); i++) {
        char[][] answers = answers(check, born);
        answers[i] = "zebra".toCharArray();
        PaperQuestion question = check.questions().get(i);
        assertThatThrownBy(() -> check.answer(answers))
            .isInstanceOfSatisfying(
                RefusedException.class,
                e -> {
                  assertThat(e.refusal().is(Token.PAPER_WORD_WRONG)).isTrue();
                  assertThat(e.refusal().data())
                      .containsEntry("position", Integer.toString(question.position()))
                      .containsEntry("sheet", question.sheetName());
                });
      }
      refusal(Token.PAPER_WORD_WRONG, () -> check.answer(new char[0][]));
      assertThat(check.answer(answers(check, born))).isNotNull();
      assertThat(check.toString()).isEqualTo("PaperCheck[redacted]");
    }
  }

  @Test
  void everyPositionIsAskedEquallyOften() {
    Entropy entropy = TestEntropy.named("positions");
    int[] count = new int[25];
    int rounds = 6_000;
    for (int i = 0; i < rounds; i++) {
      int[] positions = PaperCheck.positions(4, 24, entropy);
      Set<Integer> different = new HashSet<>();
      for (int position : positions) {
        assertThat(position).isBetween(1, 24);
        different.add(position);
        count[position]++;
      }
      assertThat(different).hasSize(4);
    }
    for (int position = 1; position <= 24; position++) {
      // 1,000 expected, standard deviation below 29.
      assertThat(count[position]).isBetween(1_000 - 150, 1_000 + 150);
    }
  }

  @Test
  @Tag("slow")
  void theResumedCheckTakesAllWordsOfTheRightKeyOnly() {
    try (Born born = QuickBirths.here(Network.REGTEST, "resumed");
        Born other = QuickBirths.here(Network.REGTEST, "another")) {
      Cosigners cosigners = born.cosigners();
      PaperStatement statement;
      try (Mnemonic words = born.backupWords()) {
        statement = resumed(cosigners, born.walletId(), words.words());
      }
      assertThat(statement.by()).isEqualTo(KeyRole.BACKUP);
      assertThat(verified(statement, born)).isTrue();
      char[][] foreign;
      try (Mnemonic words = other.backupWords()) {
        foreign = words.words();
      }
      refusal(Token.PAPER_OTHER_KEY, () -> resumed(cosigners, born.walletId(), foreign));
      char[][] unknown = foreign.clone();
      unknown[6] = "bitcoin".toCharArray();
      refusal(Token.WORD_UNKNOWN, () -> resumed(cosigners, born.walletId(), unknown));
      refusal(
          Token.WORDS_COUNT,
          () -> resumed(cosigners, born.walletId(), java.util.Arrays.copyOf(foreign, 23)));
      char[][] twelve;
      try (Mnemonic words = Mnemonic.of(new byte[16])) {
        twelve = words.words();
      }
      refusal(Token.WORDS_COUNT, () -> resumed(cosigners, born.walletId(), twelve));
    }
  }

  @Test
  void theResumedCheckOfAColdWalletIsSignedByTheUserKey() {
    try (Born born = QuickBirths.cold(Network.SIGNET, "cold resumed");
        UserSeed user = UserSeed.fresh(TestEntropy.named("cold resumed"))) {
      PaperCheck check =
          PaperCheck.resumedCold(
              born.cosigners(),
              born.walletId(),
              born.sealed(),
              user,
              TestEntropy.named("questions"));
      assertThat(verified(check.answer(answers(check, born)), born)).isTrue();
    }
  }

  @Test
  void closedBirthsSignNothing() {
    Born born = QuickBirths.here(Network.REGTEST, "closed");
    PaperCheck check = born.paperCheck();
    char[][] answers = answers(check, born);
    born.close();
    assertThatThrownBy(() -> check.answer(answers)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(born::backupWords).isInstanceOf(IllegalStateException.class);
  }

  private static boolean verified(PaperStatement statement, Born born) {
    return Statement.verify(
        Statement.PAPER_CHECKED,
        born.cosigners(),
        born.walletId(),
        statement.by(),
        statement.signature());
  }

  static char[][] answers(PaperCheck check, Born born) {
    char[][] typed = new char[check.questions().size()][];
    for (int i = 0; i < typed.length; i++) {
      PaperQuestion question = check.questions().get(i);
      int at = question.position() - 1;
      if (question.source() == Source.BACKUP_WORDS) {
        try (Mnemonic words = born.backupWords()) {
          typed[i] = words.word(question.position()).toCharArray();
        }
      } else if (question.source() == Source.SHARE_WORDS) {
        typed[i] = born.backupShares().words(question.share())[at];
      } else if (question.source() == Source.KEY_SET_WORDS) {
        typed[i] = born.cosigners().words().get(at).toCharArray();
      } else {
        typed[i] = born.sealed().words().get(at).toUpperCase(java.util.Locale.ROOT).toCharArray();
      }
    }
    return typed;
  }

  /** The paper check taken up on another day, when nobody but the paper knows the backup key. */
  private static PaperStatement resumed(Cosigners cosigners, String walletId, char[][] words) {
    try (AccountKey backup = PaperWords.backup(cosigners, words).run()) {
      return Stater.paperChecked(backup, cosigners, walletId);
    }
  }

  private static PaperStatement resumedByShares(
      Cosigners cosigners, String walletId, char[][] shares) {
    try (AccountKey backup = PaperWords.backupOfShares(cosigners, shares)) {
      return Stater.paperChecked(backup, cosigners, walletId);
    }
  }
}
