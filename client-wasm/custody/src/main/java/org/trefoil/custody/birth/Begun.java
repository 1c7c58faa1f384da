package org.trefoil.custody.birth;

import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.slip39.ShareSet;

/** A birth with its user key made. Closing any stage wipes the secrets of all. */
public final class Begun implements AutoCloseable {
  private final BirthTerms terms;
  private final Entropy entropy;
  private final BirthSecrets secrets;

  private Begun(BirthTerms terms, Entropy entropy, BirthSecrets secrets) {
    this.terms = terms;
    this.entropy = entropy;
    this.secrets = secrets;
  }

  /** Makes the user key. Throws {@code EntropyMissing} where the source is not to be trusted. */
  public static Begun begin(BirthTerms terms, Entropy entropy) {
    Entropy checked = Entropy.checked(entropy);
    UserSeed seed = UserSeed.fresh(checked);
    AccountKey user = seed.account(terms.network());
    return new Begun(terms, checked, new BirthSecrets(seed, user));
  }

  /** Makes the backup key here; it leaves as words on paper only. */
  public Keyed withBackupMadeHere() {
    BackupSeed seed = BackupSeed.fresh(entropy);
    AccountKey backup = seed.account(terms.network());
    secrets.addBackup(seed, backup);
    return keyed(backup.cosignerKey(), false);
  }

  /**
   * Makes the backup key here and splits it: it leaves as {@code count} shares on as many sheets,
   * any {@code threshold} of which make it again. Refuses {@code split-numbers}.
   */
  public Keyed withBackupSplit(int threshold, int count) {
    ShareSet.refuseNumbers(threshold, count);
    BackupSeed seed = BackupSeed.fresh(entropy);
    AccountKey backup = seed.account(terms.network());
    secrets.addBackup(seed, backup);
    secrets.addShares(seed.split(threshold, count, entropy));
    return keyed(backup.cosignerKey(), false);
  }

  /**
   * Takes a backup key that stays cold: {@code [fingerprint/48'/coin'/account'/2']xpub}. Refuses
   * private keys, other networks, other paths, and a key that is already in the set.
   */
  public Keyed withColdBackup(String expression) {
    Network network = terms.network();
    return keyed(ColdKey.parse(KeyRole.BACKUP, expression, network), true);
  }

  private Keyed keyed(CosignerKey backup, boolean cold) {
    CosignerKey user = secrets.user().cosignerKey();
    ColdKey.refuseSame(user, backup);
    ColdKey.refuseSame(user, terms.serverKey());
    ColdKey.refuseSame(backup, terms.serverKey());
    return new Keyed(terms, entropy, secrets, user, backup, cold);
  }

  @Override
  public void close() {
    secrets.close();
  }

  @Override
  public String toString() {
    return "Begun[redacted]";
  }
}
