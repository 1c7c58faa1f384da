package org.trefoil.custody.recover;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.bip39.WordsReading;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.secret.SecretBytes;

/** A private key of the wallet, open: whose it is was found by derivation. */
public final class OpenedKey implements AutoCloseable {
  private final AccountKey account;

  OpenedKey(AccountKey account) {
    this.account = account;
  }

  private static WordsReading.Wanted<OpenedKey> anyOf(Cosigners cosigners) {
    return new WordsReading.Wanted<>() {
      @Override
      public @Nullable OpenedKey key(Mnemonic words) {
        try (SecretBytes seed = words.seed()) {
          AccountKey account = AccountKey.find(seed, cosigners);
          return account == null ? null : new OpenedKey(account);
        }
      }

      @Override
      public void close(OpenedKey key) {
        key.close();
      }
    };
  }

  /** Any key of the wallet by its words, one an entry, as {@link WordsReading} reads them. */
  public static WordsReading<OpenedKey> reading(char[][] words, Cosigners cosigners) {
    return WordsReading.begin(words, anyOf(cosigners));
  }

  /** The same with words separated by blanks. */
  public static WordsReading<OpenedKey> reading(char[] text, Cosigners cosigners) {
    return WordsReading.begin(text, anyOf(cosigners));
  }

  /** The wallet's key of these words. Refuses {@code paper-other-key}. */
  public static OpenedKey of(Mnemonic words, Cosigners cosigners) {
    try (SecretBytes seed = words.seed()) {
      return of(seed, cosigners);
    }
  }

  /** The wallet's key of a BIP-0032 seed, 16 to 64 bytes. Refuses {@code paper-other-key}. */
  public static OpenedKey of(SecretBytes seed, Cosigners cosigners) {
    AccountKey account = AccountKey.find(seed, cosigners);
    if (account == null) {
      throw Refusal.of(Token.PAPER_OTHER_KEY).exception();
    }
    return new OpenedKey(account);
  }

  /** Whose key it is. */
  public KeyRole role() {
    return account.role();
  }

  /** Its public half, as the descriptor names it. */
  public CosignerKey cosignerKey() {
    return account.cosignerKey();
  }

  AccountKey account() {
    return account;
  }

  @Override
  public void close() {
    account.close();
  }

  @Override
  public String toString() {
    return "OpenedKey[redacted]";
  }
}
