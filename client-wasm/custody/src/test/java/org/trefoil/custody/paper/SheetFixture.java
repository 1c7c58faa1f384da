package org.trefoil.custody.paper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.secret.SecretBytes;
import org.trefoil.custody.slip39.ShareSet;

/** Wallets with real keys from fixed seeds, and the sheets they give. */
final class SheetFixture {
  static final String DATE = "2026-11-21";
  static final int HEIGHT = 905_112;
  static final String RECOVERY = "0123456789abcdef".repeat(4);
  static final String LAUNCHER = "fedcba9876543210".repeat(4);

  private SheetFixture() {}

  static byte[] seed(String name) {
    return Hashes.sha256(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static Cosigners cosigners(Network network, ScriptType type) {
    try (UserSeed user = UserSeed.takingOver(SecretBytes.copyOf(seed("user")));
        BackupSeed backup = BackupSeed.takingOver(SecretBytes.copyOf(seed("backup")));
        AccountKey userKey = user.account(network);
        AccountKey backupKey = backup.account(network);
        AccountKey serverKey =
            AccountKey.ofMaster(KeyRole.SERVER, network, seed("server"), seed("chain"))) {
      List<CosignerKey> keys =
          List.of(userKey.cosignerKey(), backupKey.cosignerKey(), serverKey.cosignerKey());
      return new Cosigners(network, type, 2, keys);
    }
  }

  static WalletFacts facts(Network network, String name) {
    return WalletFacts.of(cosigners(network, ScriptType.P2WSH), name, DATE, HEIGHT, RECOVERY)
        .withLauncher(LAUNCHER);
  }

  /** A wallet to which further owners brought keys. */
  static WalletFacts several(int threshold, int keys) {
    return several(threshold, keys, List.of());
  }

  static WalletFacts several(int threshold, int keys, List<String> owners) {
    List<CosignerKey> all = new ArrayList<>();
    for (KeyRole role : KeyRole.ofWallet(keys)) {
      try (AccountKey key =
          AccountKey.ofMaster(role, Network.REGTEST, seed(role.id()), seed("chain"))) {
        all.add(key.cosignerKey());
      }
    }
    Cosigners cosigners = new Cosigners(Network.REGTEST, ScriptType.P2WSH, threshold, all);
    return WalletFacts.of(cosigners, owners, "Club", DATE, HEIGHT, RECOVERY).withLauncher(LAUNCHER);
  }

  static List<String> words() {
    try (Mnemonic mnemonic = Mnemonic.of(seed("backup"))) {
      String[] words = new String[24];
      Arrays.setAll(words, i -> mnemonic.word(i + 1));
      return List.of(words);
    }
  }

  static char[][] wordCharacters() {
    return words().stream().map(String::toCharArray).toArray(char[][]::new);
  }

  static SealedKeyFacts sealed() {
    byte[] bytes = new byte[157];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = seed("sealed" + i)[0];
    }
    String text = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new SealedKeyFacts("trefoil1:" + text, List.of("brave", "lantern", "quiz", "zebra"));
  }

  /** The words of each share of one backup key. */
  static char[][][] shares(int threshold, int count) {
    char[][][] shares = new char[count][][];
    try (ShareSet set = ShareSet.of(seed("backup"), threshold, count, counting())) {
      for (int i = 0; i < count; i++) {
        shares[i] = set.words(i + 1);
      }
    }
    return shares;
  }

  static BackupSheetContent withWords(Network network, String name) {
    return BackupSheetContent.withWords(facts(network, name), sealed(), wordCharacters());
  }

  static BackupSheetContent withColdKey(Network network, String name) {
    return BackupSheetContent.withColdKey(facts(network, name), sealed());
  }

  /** Entropy that is asked for nothing. */
  static Entropy none() {
    return n -> {
      throw new AssertionError("a file without a password needs no entropy");
    };
  }

  /** Different bytes each time, the same in every run. */
  static Entropy counting() {
    int[] counter = {0};
    return n -> {
      byte[] out = new byte[n];
      for (int i = 0; i < n; i++) {
        out[i] = seed("entropy" + counter[0]++)[0];
      }
      return out;
    };
  }
}
