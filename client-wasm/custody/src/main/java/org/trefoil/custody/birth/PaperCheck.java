package org.trefoil.custody.birth;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.EnglishWords;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.bip39.Words;
import org.trefoil.custody.birth.PaperQuestion.Sheet;
import org.trefoil.custody.birth.PaperQuestion.Source;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.sign.PaperStatement;
import org.trefoil.custody.sign.Stater;
import org.trefoil.custody.slip39.ShareSet;

/**
 * Asks words back from the printed sheets, so that no wallet goes into use whose paper cannot be
 * read.
 *
 * <p>With a backup key made here: four of its 24 words from sheet A and one check word from sheet
 * B; where it was split, one or two words of every share, among those in which shares differ. With
 * a cold key: two words of the key set from sheet A and two check words from sheet B. Which ones,
 * entropy decides; they stay the same for another try.
 */
public final class PaperCheck {
  /** The first words of a share name its set and place in it, and are nearly alike in all. */
  private static final int SHARE_HEAD = 4;

  /** Of so many shares at most, two words each are asked for. */
  private static final int FEW_SHARES = 3;

  private final List<PaperQuestion> questions;
  private final int[] expected;
  private final AccountKey signer;
  private final Cosigners cosigners;
  private final String walletId;

  private PaperCheck(
      List<PaperQuestion> questions,
      int[] expected,
      AccountKey signer,
      Cosigners cosigners,
      String walletId) {
    this.questions = questions;
    this.expected = expected;
    this.signer = signer;
    this.cosigners = cosigners;
    this.walletId = walletId;
  }

  static PaperCheck ask(
      Cosigners cosigners,
      String walletId,
      SealedUserKey sealed,
      @Nullable BirthSecrets secrets,
      AccountKey signer,
      Entropy entropy) {
    List<PaperQuestion> questions = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    ShareSet shares = secrets == null ? null : secrets.shares();
    BackupSeed backup = secrets == null ? null : secrets.backupSeed();
    if (shares != null) {
      askShares(shares, questions, expected, entropy);
    } else if (backup == null) {
      List<String> words = cosigners.words();
      for (int position : positions(2, 4, entropy)) {
        questions.add(new PaperQuestion(Sheet.A, 0, Source.KEY_SET_WORDS, position));
        expected.add(EnglishWords.value(words.get(position - 1)));
      }
    } else {
      try (Mnemonic words = backup.mnemonic()) {
        for (int position : positions(4, words.count(), entropy)) {
          questions.add(new PaperQuestion(Sheet.A, 0, Source.BACKUP_WORDS, position));
          expected.add(EnglishWords.value(words.word(position)));
        }
      }
    }
    askSheetB(backup == null ? 2 : 1, sealed, questions, expected, entropy);
    return of(questions, expected, signer, cosigners, walletId);
  }

  private static PaperCheck of(
      List<PaperQuestion> questions,
      List<Integer> expected,
      AccountKey signer,
      Cosigners cosigners,
      String walletId) {
    int[] values = new int[expected.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = expected.get(i);
    }
    return new PaperCheck(List.copyOf(questions), values, signer, cosigners, walletId);
  }

  private static void askSheetB(
      int count,
      SealedUserKey sealed,
      List<PaperQuestion> questions,
      List<Integer> expected,
      Entropy entropy) {
    for (int position : positions(count, 4, entropy)) {
      questions.add(new PaperQuestion(Sheet.B, 0, Source.ENVELOPE_WORDS, position));
      expected.add(EnglishWords.value(sealed.words().get(position - 1)));
    }
  }

  private static void askShares(
      ShareSet shares, List<PaperQuestion> questions, List<Integer> expected, Entropy entropy) {
    int each = shares.count() <= FEW_SHARES ? 2 : 1;
    for (int share = 1; share <= shares.count(); share++) {
      for (int position : positions(each, shares.length() - SHARE_HEAD, entropy)) {
        int at = position + SHARE_HEAD;
        questions.add(new PaperQuestion(Sheet.A, share, Source.SHARE_WORDS, at));
        expected.add(shares.value(share, at));
      }
    }
  }

  /**
   * What is left to ask where sheet A was typed whole: a check word of sheet B, as the key is
   * sealed now. The backup key from sheet A signs; it must stay open until the check is answered.
   */
  public static PaperCheck ofSheetB(
      Cosigners cosigners,
      String walletId,
      SealedUserKey sealed,
      AccountKey backup,
      Entropy entropy) {
    List<PaperQuestion> questions = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    askSheetB(1, sealed, questions, expected, Entropy.checked(entropy));
    return of(questions, expected, backup, cosigners, walletId);
  }

  /**
   * The check of a wallet with a cold backup key, taken up again on another day. The user key,
   * opened with the passcode, signs; it must stay open until the check is answered.
   */
  public static PaperCheck resumedCold(
      Cosigners cosigners, String walletId, SealedUserKey sealed, UserSeed user, Entropy entropy) {
    return ask(
        cosigners,
        walletId,
        sealed,
        null,
        user.account(cosigners.network()),
        Entropy.checked(entropy));
  }

  /** What to ask, in order. */
  public List<PaperQuestion> questions() {
    return questions;
  }

  /**
   * Compares the words typed, one for each question in order, and has the wallet's key state that
   * the paper was checked. Refuses {@code paper-word-wrong} naming sheet and position of the first
   * wrong word; nothing is used up by a wrong try.
   */
  public PaperStatement answer(char[][] typed) {
    for (int i = 0; i < expected.length; i++) {
      PaperQuestion question = questions.get(i);
      int value = i < typed.length ? value(question, typed[i]) : -1;
      if (value != expected[i]) {
        throw wrong(question);
      }
    }
    return Stater.paperChecked(signer, cosigners, walletId);
  }

  private static int value(PaperQuestion question, char[] typed) {
    return question.source() == Source.SHARE_WORDS ? ShareSet.value(typed) : Words.value(typed);
  }

  private static RefusedException wrong(PaperQuestion question) {
    return Refusal.of(
            Token.PAPER_WORD_WRONG,
            "sheet",
            question.sheetName(),
            "position",
            Integer.toString(question.position()))
        .exception();
  }

  /** {@code count} different positions of 1 … {@code of}, ascending, each set equally likely. */
  static int[] positions(int count, int of, Entropy entropy) {
    boolean[] picked = new boolean[of + 1];
    int left = count;
    while (left > 0) {
      for (byte b : entropy.bytes(32)) {
        int value = b & 255;
        // The largest multiple of "of" below 256, so that no position is favoured.
        if (left > 0 && value < 256 - 256 % of && !picked[value % of + 1]) {
          picked[value % of + 1] = true;
          left--;
        }
      }
    }
    int[] positions = new int[count];
    int n = 0;
    for (int i = 1; i <= of; i++) {
      if (picked[i]) {
        positions[n++] = i;
      }
    }
    return positions;
  }

  @Override
  public String toString() {
    return "PaperCheck[redacted]";
  }
}
