package org.trefoil.custody.birth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.Resealing;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.keys.Succession;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.envelope.v1.Opening;
import org.trefoil.custody.envelope.v1.TwoSlots;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.sign.PaperStatement;
import org.trefoil.custody.sign.Stater;

/** Keys that come back from words, and what they may state. */
class PaperWordsTest {
  private static final char[] FRESH = "amber kites over 14 quiet harbours".toCharArray();

  private static char[][] words(Mnemonic mnemonic) {
    try (mnemonic) {
      return mnemonic.words();
    }
  }

  private static String refusal(Runnable work) {
    return catchThrowableOfType(RefusedException.class, work::run).refusal().token();
  }

  @Test
  void sheetAIsNotEnoughForACheckOfThePaper() {
    try (Born born = QuickBirths.here(Network.REGTEST, "drill");
        Born other = QuickBirths.here(Network.REGTEST, "resealed since");
        AccountKey backup = PaperWords.backup(born.cosigners(), words(born.backupWords())).run()) {
      PaperCheck check =
          PaperCheck.ofSheetB(
              born.cosigners(),
              born.walletId(),
              born.sealed(),
              backup,
              TestEntropy.named("question"));
      assertThat(check.questions()).hasSize(1);
      PaperQuestion asked = check.questions().get(0);
      assertThat(asked.sheetName()).isEqualTo("B");
      String old = other.sealed().words().get(asked.position() - 1);
      assertThat(refusal(() -> check.answer(new char[][] {old.toCharArray()})))
          .isEqualTo("paper-word-wrong");
      String word = born.sealed().words().get(asked.position() - 1);
      PaperStatement stated = check.answer(new char[][] {word.toCharArray()});
      assertThat(stated.by()).isEqualTo(KeyRole.BACKUP);
    }
  }

  @Test
  void theWordsOfSheetAMakeTheBackupKeyAndNameASuccessor() {
    try (Born older = QuickBirths.here(Network.REGTEST, "older");
        Born newer = QuickBirths.here(Network.REGTEST, "newer");
        AccountKey backup =
            PaperWords.backup(older.cosigners(), words(older.backupWords())).run()) {
      Cosigners before = older.cosigners();
      Cosigners after = newer.cosigners();
      byte[] signature =
          Stater.succession(backup, before, older.walletId(), after, newer.walletId());
      byte[] digest = Succession.digest(before, older.walletId(), after, newer.walletId());
      assertThat(Statement.verify(digest, before, KeyRole.BACKUP, signature)).isTrue();
      assertThat(Statement.verify(digest, before, KeyRole.USER, signature)).isFalse();
      assertThat(
              refusal(
                  () ->
                      Stater.succession(backup, after, newer.walletId(), before, older.walletId())))
          .isEqualTo("key-set-changed");
    }
  }

  @Test
  @Tag("slow")
  void otherWordsAreRefusedAndTheirPlaceIsNamed() {
    try (Born wallet = QuickBirths.here(Network.REGTEST, "one");
        Born other = QuickBirths.here(Network.REGTEST, "other")) {
      Cosigners cosigners = wallet.cosigners();
      assertThat(refusal(() -> PaperWords.backup(cosigners, words(other.backupWords())).run()))
          .isEqualTo("paper-other-key");
      assertThat(refusal(() -> PaperWords.user(cosigners, words(wallet.backupWords())).run()))
          .isEqualTo("paper-other-key");
      char[][] bent = words(wallet.backupWords());
      bent[6] = "trefoil".toCharArray();
      RefusedException e =
          catchThrowableOfType(RefusedException.class, () -> PaperWords.backup(cosigners, bent));
      assertThat(e.refusal().token()).isEqualTo("word-unknown");
      assertThat(e.refusal().data()).containsEntry("position", "7");
    }
  }

  @Test
  @Tag("slow")
  void theUserKeysWordsSealTheSameKeyAnewAndItSignsForItsEnvelope() {
    try (Born wallet = TestBirths.here(Network.REGTEST, "one");
        Passcode old = Passcode.typed(TestBirths.PASSCODE.toCharArray());
        Passcode fresh = Passcode.typed(FRESH)) {
      Cosigners cosigners = wallet.cosigners();
      EnvelopeBinding binding =
          EnvelopeBinding.of(cosigners, wallet.walletId(), wallet.endorsement());
      char[][] words;
      try (UserSeed seed = Opening.begin(wallet.sealed(), old, binding).run()) {
        words = words(seed.mnemonic());
      }
      SealedUserKey sealed;
      SecondSlot beside;
      byte[] signature;
      try (UserSeed seed = PaperWords.user(cosigners, words).run();
          AccountKey user = seed.account(Network.REGTEST)) {
        TwoSlots both =
            TwoSlots.sealing(
                    seed, fresh, binding, Stretch.Params.FLOOR, TestEntropy.named("reseal"))
                .run();
        sealed = both.envelope();
        beside = both.beside();
        signature =
            Stater.resealed(
                user, cosigners, wallet.walletId(), wallet.sealed(), sealed, beside, false);
      }
      byte[] digest =
          Resealing.digest(cosigners, wallet.walletId(), wallet.sealed(), sealed, beside, false);
      assertThat(Statement.verify(digest, cosigners, KeyRole.USER, signature)).isTrue();
      byte[] opened =
          Resealing.digest(cosigners, wallet.walletId(), wallet.sealed(), sealed, beside, true);
      assertThat(Statement.verify(opened, cosigners, KeyRole.USER, signature)).isFalse();
      assertThat(sealed.words()).isNotEqualTo(wallet.sealed().words());
      assertThat(refusal(() -> Opening.begin(sealed, old, binding).run()))
          .isEqualTo("passcode-wrong");
      try (UserSeed again = Opening.begin(sealed, fresh, binding).run();
          AccountKey user = again.account(Network.REGTEST)) {
        assertThat(user.cosignerKey()).isEqualTo(cosigners.key(KeyRole.USER));
      }
    }
  }
}
