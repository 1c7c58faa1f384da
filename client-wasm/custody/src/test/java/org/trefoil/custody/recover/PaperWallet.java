package org.trefoil.custody.recover;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.bip39.WordsReading;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.envelope.v1.Sealing;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.secret.SecretBytes;

/** A wallet all of whose keys are known as words; keys of tests: never fund them. */
public final class PaperWallet {
  public static final String PASSCODE = "zebra ladder unique mango";

  private final String name;
  private final Cosigners cosigners;
  private @Nullable SealedUserKey sealed;

  public PaperWallet(String name, ScriptType type) {
    this(name, type, 2, 3);
  }

  /** A wallet of several owners. */
  PaperWallet(String name, ScriptType type, int threshold, int keys) {
    this.name = name;
    this.cosigners =
        new Cosigners(
            Network.REGTEST,
            type,
            threshold,
            KeyRole.ofWallet(keys).stream().map(this::key).toList());
  }

  private byte[] entropy(KeyRole role) {
    return Hashes.sha256((name + " " + role.id()).getBytes(StandardCharsets.US_ASCII));
  }

  private CosignerKey key(KeyRole role) {
    try (BackupSeed seed = BackupSeed.takingOver(SecretBytes.takingOver(entropy(role)));
        AccountKey account = seed.account(Network.REGTEST)) {
      CosignerKey key = account.cosignerKey();
      return new CosignerKey(role, key.origin(), key.xpub());
    }
  }

  public Cosigners cosigners() {
    return cosigners;
  }

  /** The words of one of its keys. */
  public String words(KeyRole role) {
    try (Mnemonic words = Mnemonic.of(entropy(role))) {
      StringBuilder text = new StringBuilder();
      for (int i = 1; i <= words.count(); i++) {
        text.append(i == 1 ? "" : " ").append(words.word(i));
      }
      return text.toString();
    }
  }

  public char[][] wordCharacters(KeyRole role) {
    return List.of(words(role).split(" ")).stream().map(String::toCharArray).toArray(char[][]::new);
  }

  /** One of its keys, open. */
  public OpenedKey open(KeyRole role) {
    try (WordsReading<OpenedKey> reading =
        OpenedKey.reading(words(role).toCharArray(), cosigners)) {
      return reading.run();
    }
  }

  /** The user key, sealed under {@link #PASSCODE}. */
  public SealedUserKey sealed() {
    SealedUserKey known = sealed;
    if (known == null) {
      known = seal();
      sealed = known;
    }
    return known;
  }

  private SealedUserKey seal() {
    EnvelopeBinding binding = EnvelopeBinding.of(cosigners, "0".repeat(32), new byte[64]);
    try (UserSeed seed = UserSeed.takingOver(SecretBytes.takingOver(entropy(KeyRole.USER)));
        Passcode passcode = Passcode.typed(PASSCODE.toCharArray());
        Sealing sealing =
            Sealing.begin(seed, passcode, binding, Stretch.Params.FLOOR, TestEntropy.named(name))) {
      return sealing.run();
    }
  }
}
