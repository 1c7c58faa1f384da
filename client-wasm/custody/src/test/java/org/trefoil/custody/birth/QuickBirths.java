package org.trefoil.custody.birth;

import java.util.List;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.envelope.v1.KnownStretch;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.passcode.StretchedKey;
import org.trefoil.custody.slices.SlicedWork;

/**
 * Births as {@link TestBirths} has them, for tests that never open the sealed key: it is sealed
 * under bytes that no passcode stretches to, and nobody waits for Argon2id.
 */
final class QuickBirths {
  private QuickBirths() {}

  static Begun begun(Network network, String name) {
    return Begun.begin(TestBirths.terms(network, name), TestEntropy.named(name));
  }

  static Born here(Network network, String name) {
    return born(begun(network, name).withBackupMadeHere());
  }

  static Born split(Network network, String name, int threshold, int count) {
    return born(begun(network, name).withBackupSplit(threshold, count));
  }

  static Born cold(Network network, String name) {
    try (AccountKey backup = TestBirths.account(KeyRole.BACKUP, network, name + " backup")) {
      return born(begun(network, name).withColdBackup(backup.cosignerKey().expression()));
    }
  }

  static Born shared(Network network, String name, int threshold, List<String> owners) {
    return born(begun(network, name).withOwners(threshold, owners));
  }

  static Born born(Keyed keyed) {
    Endorsed endorsed = keyed.endorse();
    try (Passcode any = Passcode.typed(TestBirths.PASSCODE.toCharArray())) {
      return endorsed.born(finish(endorsed.sealing(any, Stretch.Params.FLOOR)));
    }
  }

  /** What a sealing comes to with those bytes. */
  static <T> T finish(SlicedWork<T> sealing) {
    try (StretchedKey key = StretchedKey.unwrapped(new byte[StretchedKey.LENGTH])) {
      return KnownStretch.of(sealing, key);
    }
  }
}
