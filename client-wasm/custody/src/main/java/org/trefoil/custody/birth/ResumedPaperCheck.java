package org.trefoil.custody.birth;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.sign.PaperStatement;
import org.trefoil.custody.sign.Stater;

/**
 * The paper check taken up again on another day, when nobody but the paper knows the backup key:
 * all 24 words are typed, and the key they make must be the endorsed one. For a cold backup key see
 * {@link PaperCheck#resumedCold}.
 */
public final class ResumedPaperCheck {
  private ResumedPaperCheck() {}

  /** Has the backup key state that the paper was checked. Refuses as {@link PaperWords} does. */
  public static PaperStatement answer(Cosigners cosigners, String walletId, char[][] words) {
    try (AccountKey backup = PaperWords.backup(cosigners, words)) {
      return Stater.paperChecked(backup, cosigners, walletId);
    }
  }

  /**
   * The same with the shares of a split backup key, one a text. Refuses as {@link
   * BackupSeed#ofShares} does, and {@code paper-other-key} for the shares of another key.
   */
  public static PaperStatement answerShares(Cosigners cosigners, String walletId, char[][] shares) {
    try (BackupSeed seed = BackupSeed.ofShares(shares);
        AccountKey backup = seed.account(cosigners.network())) {
      if (!cosigners.key(KeyRole.BACKUP).equals(backup.cosignerKey())) {
        throw Refusal.of(Token.PAPER_OTHER_KEY).exception();
      }
      return Stater.paperChecked(backup, cosigners, walletId);
    }
  }
}
