package org.trefoil.custody.keys;

import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.secret.SecretBytes;

/**
 * The user key's 32 bytes of entropy: what the envelope seals, what 24 words would spell, and what
 * the account key grows from.
 */
public final class UserSeed implements AutoCloseable {
  /** Bytes of entropy. */
  public static final int LENGTH = 32;

  private final SecretBytes entropy;

  private UserSeed(SecretBytes entropy) {
    this.entropy = entropy;
  }

  /** A new seed, from the source alone. */
  public static UserSeed fresh(Entropy source) {
    return new UserSeed(Entropy.checked(source).secret(LENGTH));
  }

  /** Takes {@code entropy} over: 32 bytes. */
  public static UserSeed takingOver(SecretBytes entropy) {
    if (entropy.length() != LENGTH) {
      throw new IllegalArgumentException("a seed has 32 bytes");
    }
    return new UserSeed(entropy);
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
      return AccountKey.ofMaster(KeyRole.USER, network, master);
    }
  }

  /** The live entropy, not a copy: for sealing only. */
  public byte[] exposedEntropy() {
    return entropy.exposed();
  }

  @Override
  public void close() {
    entropy.close();
  }

  @Override
  public String toString() {
    return "UserSeed[redacted]";
  }
}
