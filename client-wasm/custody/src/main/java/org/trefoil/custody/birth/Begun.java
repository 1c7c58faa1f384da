package org.trefoil.custody.birth;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Quorum;
import org.trefoil.core.units.Network;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.slip39.ShareSet;

/** A birth with its user key made. Closing any stage wipes the secrets of all. */
public final class Begun implements AutoCloseable {
  private static final int STANDARD_THRESHOLD = 2;

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

  /**
   * Takes the keys of other owners, none for a wallet of the user and the server alone: {@code
   * threshold} of all sign. Refuses {@code quorum-numbers}, and what {@link #withColdBackup}
   * refuses.
   *
   * @param expressions as {@link #withColdBackup} takes it, in the order of their owners
   */
  public Keyed withOwners(int threshold, List<String> expressions) {
    Quorum quorum = new Quorum(threshold, expressions.size() + 2);
    List<KeyRole> roles = KeyRole.ofWallet(quorum.keys());
    List<CosignerKey> owners = new ArrayList<>();
    for (int i = 0; i < expressions.size(); i++) {
      owners.add(ColdKey.parse(roles.get(i + 1), expressions.get(i), terms.network()));
    }
    return keyed(quorum.threshold(), owners, true);
  }

  private Keyed keyed(CosignerKey backup, boolean cold) {
    return keyed(STANDARD_THRESHOLD, List.of(backup), cold);
  }

  private Keyed keyed(int threshold, List<CosignerKey> others, boolean cold) {
    List<CosignerKey> keys = new ArrayList<>();
    keys.add(secrets.user().cosignerKey());
    keys.addAll(others);
    keys.add(terms.serverKey());
    for (int i = 0; i < keys.size(); i++) {
      for (int k = 0; k < i; k++) {
        ColdKey.refuseSame(keys.get(k), keys.get(i));
      }
    }
    return new Keyed(terms, entropy, secrets, threshold, keys, cold);
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
