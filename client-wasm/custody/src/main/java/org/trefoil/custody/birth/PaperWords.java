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
 * Keys of a wallet from their 24 typed words. Refuses as {@link Mnemonic#parse} does, and {@code
 * paper-other-key} for the words of any other key. The array stays the caller's to wipe.
 */
public final class PaperWords {
  private PaperWords() {}

  /** The backup key, from the words of sheet A. */
  public static AccountKey backup(Cosigners cosigners, char[][] words) {
    try (BackupSeed seed = BackupSeed.takingOver(entropy(words))) {
      AccountKey key = seed.account(cosigners.network());
      refuseOther(key, cosigners, KeyRole.BACKUP);
      return key;
    }
  }

  /** The user key's seed, from words that somebody wrote down. */
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
