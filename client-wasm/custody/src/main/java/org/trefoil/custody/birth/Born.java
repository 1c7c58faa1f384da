package org.trefoil.custody.birth;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.envelope.v1.TwoSlots;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.slip39.ShareSet;

/**
 * A wallet that is born: its public side, and until it is closed the secrets that the paper needs.
 */
public final class Born implements AutoCloseable {
  private final Entropy entropy;
  private final BirthSecrets secrets;
  private final Cosigners cosigners;
  private final String walletId;
  private final boolean cold;
  private final byte[] endorsement;
  private final TwoSlots sealed;

  Born(
      Entropy entropy,
      BirthSecrets secrets,
      Cosigners cosigners,
      String walletId,
      boolean cold,
      byte[] endorsement,
      TwoSlots sealed) {
    this.entropy = entropy;
    this.secrets = secrets;
    this.cosigners = cosigners;
    this.walletId = walletId;
    this.cold = cold;
    this.endorsement = endorsement;
    this.sealed = sealed;
  }

  /** The key set: user, backup or owners, server. */
  public Cosigners cosigners() {
    return cosigners;
  }

  public String walletId() {
    return walletId;
  }

  /** Whether the backup key, or all owners' keys, were made elsewhere. */
  public boolean backupIsCold() {
    return cold;
  }

  /** The user key's signature for the key set, 64 bytes, {@code r ‖ s}. */
  public byte[] endorsement() {
    return endorsement.clone();
  }

  /** The user key as the server keeps it and sheet B prints it. */
  public SealedUserKey sealed() {
    return sealed.envelope();
  }

  /** What stands beside it, which nobody opens yet. */
  public SecondSlot secondSlot() {
    return sealed.beside();
  }

  /** The first address, derived here. */
  public String firstAddress() {
    return cosigners.address(Cosigners.RECEIVE, 0);
  }

  /** The backup key's 24 words for sheet A, the caller's to close; null where it has none. */
  public @Nullable Mnemonic backupWords() {
    BackupSeed seed = secrets.backupSeed();
    return seed == null || secrets.shares() != null ? null : seed.mnemonic();
  }

  /** The shares that take the place of sheet A, wiped with this birth; null where it is whole. */
  public @Nullable ShareSet backupShares() {
    return secrets.shares();
  }

  /** Questions about the printed sheets, at positions picked at random. */
  public PaperCheck paperCheck() {
    AccountKey backup = secrets.backup();
    AccountKey signer = backup == null ? secrets.user() : backup;
    return PaperCheck.ask(cosigners, walletId, sealed(), secrets, signer, entropy);
  }

  /** Wipes every secret of this birth. */
  @Override
  public void close() {
    secrets.close();
  }

  @Override
  public String toString() {
    return "Born[redacted]";
  }
}
