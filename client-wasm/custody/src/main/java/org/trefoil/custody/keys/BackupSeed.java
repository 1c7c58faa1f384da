package org.trefoil.custody.keys;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.secret.SecretBytes;
import org.trefoil.custody.slip39.Rejoining;
import org.trefoil.custody.slip39.ShareSet;

/**
 * The backup key's 32 bytes of entropy. It exists while a wallet is born or its paper is checked,
 * and after that on paper only.
 */
public final class BackupSeed implements AutoCloseable {
  /** Bytes of entropy. */
  public static final int LENGTH = 32;

  private final SecretBytes entropy;

  private BackupSeed(SecretBytes entropy) {
    this.entropy = entropy;
  }

  /** A new seed, from the source alone. */
  public static BackupSeed fresh(Entropy source) {
    return new BackupSeed(Entropy.checked(source).secret(LENGTH));
  }

  /** Takes {@code entropy} over: 32 bytes. */
  public static BackupSeed takingOver(SecretBytes entropy) {
    if (entropy.length() != LENGTH) {
      throw new IllegalArgumentException("a seed has 32 bytes");
    }
    return new BackupSeed(entropy);
  }

  /** The seed that 24 words say. Refuses {@code words-count} for fewer. */
  public static BackupSeed ofWords(Mnemonic words) {
    SecretBytes entropy = words.entropy();
    if (entropy.length() != LENGTH) {
      entropy.close();
      throw Mnemonic.wrongCount();
    }
    return new BackupSeed(entropy);
  }

  /**
   * The seed of the shares typed, one a text. Refuses as {@link Rejoining#secret} does, and {@code
   * paper-other-key} for shares of a secret of another length.
   */
  public static BackupSeed ofShares(char[][] typed) {
    SecretBytes secret = Rejoining.secret(typed);
    if (secret.length() != LENGTH) {
      secret.close();
      throw Refusal.of(Token.PAPER_OTHER_KEY).exception();
    }
    return new BackupSeed(secret);
  }

  /**
   * The seed's entropy as {@code count} shares, any {@code threshold} of which make it again:
   * rejoined, it is the same seed with the same 24 words. Refuses {@code split-numbers}.
   */
  public ShareSet split(int threshold, int count, Entropy source) {
    return ShareSet.of(entropy.exposed(), threshold, count, source);
  }

  /** The seed as 24 words. */
  public Mnemonic mnemonic() {
    return Mnemonic.of(entropy.exposed());
  }

  /** The account key that takes part in wallets of {@code network}. */
  public AccountKey account(Network network) {
    try (Mnemonic words = mnemonic();
        SecretBytes seed = words.seed();
        PrivateNode master = PrivateNode.master(seed.exposed())) {
      return AccountKey.ofMaster(KeyRole.BACKUP, network, master);
    }
  }

  @Override
  public void close() {
    entropy.close();
  }

  @Override
  public String toString() {
    return "BackupSeed[redacted]";
  }
}
