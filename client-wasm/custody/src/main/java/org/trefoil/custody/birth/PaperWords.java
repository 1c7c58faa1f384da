package org.trefoil.custody.birth;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.secret.SecretBytes;

/**
 * Keys of a wallet from what stands on paper. Refuses {@code paper-other-key} for what makes any
 * other key. The array stays the caller's to wipe.
 */
public final class PaperWords {
  private PaperWords() {}

  /** The backup key, from the 24 words of sheet A. Refuses as {@link Mnemonic#parse} does. */
  public static AccountKey backup(Cosigners cosigners, char[][] words) {
    return backup(cosigners, BackupSeed.takingOver(entropy(words)));
  }

  /**
   * The backup key, from the shares of enough of the sheets that A was split into, one a text.
   * Refuses as {@link BackupSeed#ofShares} does.
   */
  public static AccountKey backupOfShares(Cosigners cosigners, char[][] shares) {
    return backup(cosigners, BackupSeed.ofShares(shares));
  }

  private static AccountKey backup(Cosigners cosigners, BackupSeed joined) {
    try (BackupSeed seed = joined) {
      AccountKey key = seed.account(cosigners.network());
      refuseOther(key, cosigners, KeyRole.BACKUP);
      return key;
    }
  }

  /**
   * The user key's seed, from 24 words that somebody wrote down. Refuses as {@link Mnemonic#parse}
   * does.
   */
  public static UserSeed user(Cosigners cosigners, char[][] words) {
    UserSeed seed = UserSeed.takingOver(entropy(words));
    try (AccountKey key = seed.account(cosigners.network())) {
      refuseOther(key, cosigners, KeyRole.USER);
      return seed;
    } catch (RuntimeException e) {
      seed.close();
      throw e;
    }
  }

  private static SecretBytes entropy(char[][] words) {
    try (Mnemonic typed = Mnemonic.parse(words)) {
      if (typed.count() * 4 / 3 != UserSeed.LENGTH) {
        throw Mnemonic.wrongCount();
      }
      return typed.entropy();
    }
  }

  private static void refuseOther(AccountKey key, Cosigners cosigners, KeyRole role) {
    if (!cosigners.key(role).equals(key.cosignerKey())) {
      key.close();
      throw Refusal.of(Token.PAPER_OTHER_KEY).exception();
    }
  }
}
