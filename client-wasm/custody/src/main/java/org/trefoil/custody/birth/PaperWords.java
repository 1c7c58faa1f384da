package org.trefoil.custody.birth;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.bip39.WordsReading;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.keys.UserSeed;

/**
 * Keys of a wallet from what stands on paper. Refuses {@code paper-other-key} for what makes any
 * other key. The arrays stay the caller's to wipe.
 */
public final class PaperWords {
  private PaperWords() {}

  /** The backup key, from the 24 words of sheet A, as {@link WordsReading} reads them. */
  public static WordsReading<AccountKey> backup(Cosigners cosigners, char[][] words) {
    refuseCount(words);
    return WordsReading.begin(
        words,
        new WordsReading.Wanted<>() {
          @Override
          public @Nullable AccountKey key(Mnemonic whole) {
            try (BackupSeed seed = BackupSeed.ofWords(whole)) {
              return ours(seed.account(cosigners.network()), cosigners, KeyRole.BACKUP);
            }
          }

          @Override
          public void close(AccountKey key) {
            key.close();
          }
        });
  }

  /**
   * The backup key, from the shares of enough of the sheets that A was split into, one a text.
   * Refuses as {@link BackupSeed#ofShares} does.
   */
  public static AccountKey backupOfShares(Cosigners cosigners, char[][] shares) {
    try (BackupSeed seed = BackupSeed.ofShares(shares)) {
      AccountKey key = ours(seed.account(cosigners.network()), cosigners, KeyRole.BACKUP);
      if (key == null) {
        throw Refusal.of(Token.PAPER_OTHER_KEY).exception();
      }
      return key;
    }
  }

  /** The user key's seed, from 24 words that somebody wrote down, read in the same way. */
  public static WordsReading<UserSeed> user(Cosigners cosigners, char[][] words) {
    refuseCount(words);
    return WordsReading.begin(
        words,
        new WordsReading.Wanted<>() {
          @Override
          public @Nullable UserSeed key(Mnemonic whole) {
            UserSeed seed = UserSeed.takingOver(whole.entropy());
            AccountKey key = ours(seed.account(cosigners.network()), cosigners, KeyRole.USER);
            if (key == null) {
              seed.close();
              return null;
            }
            key.close();
            return seed;
          }

          @Override
          public void close(UserSeed seed) {
            seed.close();
          }
        });
  }

  private static void refuseCount(char[][] words) {
    if (words.length != Mnemonic.MOST_WORDS) {
      throw Mnemonic.wrongCount();
    }
  }

  /** This key if it is the one that the wallet has in this role; null, and closed, if not. */
  private static @Nullable AccountKey ours(AccountKey key, Cosigners cosigners, KeyRole role) {
    if (cosigners.key(role).equals(key.cosignerKey())) {
      return key;
    }
    key.close();
    return null;
  }
}
