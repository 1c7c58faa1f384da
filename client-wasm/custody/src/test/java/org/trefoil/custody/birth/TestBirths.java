package org.trefoil.custody.birth;

import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;

/** Births with made-up entropy, for tests. */
public final class TestBirths {
  public static final String WALLET_ID = "00112233445566778899aabbccddeeff";
  public static final String PASSCODE = "zebra ladder unique mango";

  private TestBirths() {}

  /** An account key of somebody else: the server's, or a cold device's. */
  public static AccountKey account(KeyRole role, Network network, String name) {
    Entropy entropy = TestEntropy.named(name);
    return AccountKey.ofMaster(role, network, entropy.bytes(32), entropy.bytes(32));
  }

  public static BirthTerms terms(Network network, String name) {
    try (AccountKey server = account(KeyRole.SERVER, network, name + " server")) {
      return BirthTerms.of(network, WALLET_ID, server.cosignerKey().expression());
    }
  }

  /** Born, with the backup key made here. */
  public static Born here(Network network, String name) {
    Begun begun = Begun.begin(terms(network, name), TestEntropy.named(name));
    return seal(begun.withBackupMadeHere());
  }

  /** Born, with the backup key made here and split. */
  public static Born split(Network network, String name, int threshold, int count) {
    Begun begun = Begun.begin(terms(network, name), TestEntropy.named(name));
    return seal(begun.withBackupSplit(threshold, count));
  }

  /** Born, with a cold backup key. */
  public static Born cold(Network network, String name) {
    try (AccountKey backup = account(KeyRole.BACKUP, network, name + " backup")) {
      return cold(network, name, backup);
    }
  }

  /** Born, with this cold backup key. */
  public static Born cold(Network network, String name, AccountKey backup) {
    Begun begun = Begun.begin(terms(network, name), TestEntropy.named(name));
    return seal(begun.withColdBackup(backup.cosignerKey().expression()));
  }

  private static Born seal(Keyed keyed) {
    try (Passcode passcode = Passcode.typed(PASSCODE.toCharArray())) {
      return keyed.endorse().seal(passcode, Stretch.Params.FLOOR).run();
    }
  }
}
