package org.trefoil.e2e.foreign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.bitcoinj.crypto.MnemonicCode;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyOrigin;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Xpub;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.envelope.v1.Sealing;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.paper.BackupSheetContent;
import org.trefoil.custody.paper.BackupSheets;
import org.trefoil.custody.paper.SealedKeyFacts;
import org.trefoil.custody.paper.WalletFacts;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.secret.SecretBytes;
import org.trefoil.custody.sign.HalfSigner;
import org.trefoil.e2e.person.BackupPaper;

/**
 * What somebody holds who has both sheets and the passcode: two keys as words, the descriptor, and
 * the keys spelled for Electrum.
 *
 * @param path of the account keys below their seeds
 * @param electrumKeys as sheets print them, in the descriptor's order
 */
record SheetsInHand(
    Cosigners cosigners,
    String descriptor,
    String path,
    String userWords,
    String backupWords,
    List<String> electrumKeys) {
  private static final List<KeyRole> ROLES = List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER);

  /**
   * Prints the sheets of a wallet and reads them back, with nothing else in hand; the sealed key is
   * opened with the passcode. The vault bears wallets as P2WSH; of the other kinds the keys are
   * made here.
   */
  static SheetsInHand printed(ScriptType type) {
    BackupPaper paper = BackupPaper.read(type == ScriptType.P2WSH ? born() : made(type));
    Cosigners cosigners = Descriptors.parse(paper.descriptor(), Network.REGTEST, ROLES);
    String squeezed = paper.text().replaceAll("\\s+", "");
    List<String> electrum = new ArrayList<>();
    for (CosignerKey key : cosigners.keys()) {
      electrum.add(spelled(key, type));
    }
    if (!squeezed.contains(electrum.get(2))) {
      throw new AssertionError("the sheets do not print the server's key for Electrum");
    }
    return new SheetsInHand(
        cosigners,
        paper.descriptor(),
        cosigners.key(KeyRole.USER).origin().path().toString(),
        String.join(" ", paper.userWords(TestBirths.PASSCODE)),
        String.join(" ", paper.words()),
        electrum);
  }

  private static Path born() {
    try (Born born = TestBirths.here(Network.REGTEST, "foreign software")) {
      Mnemonic words = born.backupWords();
      if (words == null) {
        throw new AssertionError("born with a cold key");
      }
      try (words) {
        return print(born.cosigners(), born.sealed(), words);
      }
    }
  }

  private static Path made(ScriptType type) {
    String path = type == ScriptType.P2SH ? "m/45'" : "m/48'/1'/0'/1'";
    List<CosignerKey> keys = new ArrayList<>();
    for (KeyRole role : ROLES) {
      try (Mnemonic words = Mnemonic.of(entropy(type, role))) {
        keys.add(key(role, text(words), path));
      }
    }
    Cosigners cosigners = new Cosigners(Network.REGTEST, type, 2, keys);
    SecretBytes seed = SecretBytes.takingOver(entropy(type, KeyRole.USER));
    try (UserSeed user = UserSeed.takingOver(seed);
        Passcode passcode = Passcode.typed(TestBirths.PASSCODE.toCharArray());
        Mnemonic backup = Mnemonic.of(entropy(type, KeyRole.BACKUP));
        Sealing sealing =
            Sealing.begin(
                user,
                passcode,
                EnvelopeBinding.of(cosigners, TestBirths.WALLET_ID, new byte[64]),
                Stretch.Params.FLOOR,
                TestEntropy.named("foreign " + type))) {
      return print(cosigners, sealing.run(), backup);
    }
  }

  private static byte[] entropy(ScriptType type, KeyRole role) {
    byte[] entropy = new byte[32];
    entropy[0] = (byte) type.ordinal();
    entropy[1] = (byte) role.ordinal();
    return entropy;
  }

  private static Path print(Cosigners cosigners, SealedUserKey sealed, Mnemonic backup) {
    WalletFacts facts = WalletFacts.of(cosigners, "Foreign", "2026-11-21", 0, "0".repeat(64));
    try (BackupSheetContent content =
        BackupSheetContent.withWords(facts, SealedKeyFacts.of(sealed), backup.words())) {
      byte[] pdf = BackupSheets.render(content, null, n -> new byte[n]);
      return Files.write(Files.createTempFile("trefoil-sheets", ".pdf"), pdf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Mnemonic mnemonic) {
    List<String> words = new ArrayList<>();
    for (int i = 1; i <= mnemonic.count(); i++) {
      words.add(mnemonic.word(i));
    }
    return String.join(" ", words);
  }

  /** The private account key, as any BIP-0039 and BIP-0032 wallet makes it from words. */
  private static DeterministicKey account(String words, String path) {
    DeterministicKey key = master(words);
    for (int step : KeyPath.parse(path).steps()) {
      key = HDKeyDerivation.deriveChildKey(key, new ChildNumber(step));
    }
    return key;
  }

  private static DeterministicKey master(String words) {
    byte[] seed = MnemonicCode.toSeed(List.of(words.split(" ")), "");
    return HDKeyDerivation.createMasterPrivateKey(seed);
  }

  private static CosignerKey key(KeyRole role, String words, String path) {
    KeyOrigin origin = new KeyOrigin(master(words).getFingerprint(), KeyPath.parse(path));
    String xpub = account(words, path).serializePubB58(BitcoinNetwork.REGTEST);
    return new CosignerKey(role, origin, Xpub.parse(xpub, Network.REGTEST));
  }

  /** With the version bytes that SLIP-0132 gives the script type, by a table of the test's own. */
  private static String spelled(CosignerKey key, ScriptType type) {
    byte[] bytes = key.xpub().serialized();
    int version =
        switch (type) {
          case P2WSH -> 0x02575483;
          case P2SH_P2WSH -> 0x024289ef;
          case P2SH -> 0x043587cf;
        };
    byte[] rest = java.util.Arrays.copyOfRange(bytes, 1, bytes.length);
    for (int i = 1; i < 4; i++) {
      rest[i - 1] = (byte) (version >> 24 - 8 * i);
    }
    return org.bitcoinj.base.Base58.encodeChecked(version >> 24, rest);
  }

  /**
   * The descriptor with the private keys of both sheets in the place of their public ones, and a
   * new checksum.
   */
  String privateDescriptor(String branch) {
    String text = descriptor.substring(0, descriptor.indexOf('#')).replace("/<0;1>/*", branch);
    for (KeyRole role : List.of(KeyRole.USER, KeyRole.BACKUP)) {
      String words = role == KeyRole.USER ? userWords : backupWords;
      String secret = account(words, path).serializePrivB58(BitcoinNetwork.REGTEST);
      text = text.replace(cosigners.key(role).xpub().base58(), secret);
    }
    return text + "#" + Descriptors.checksum(text);
  }

  /** As the vault signs it, with the user key. */
  Psbt signedByUser(CheckedSpend spend) {
    try (Mnemonic words = Mnemonic.parse(userWords.toCharArray());
        UserSeed seed = UserSeed.takingOver(words.entropy())) {
      return HalfSigner.sign(spend, seed);
    }
  }

  /** What is typed into Electrum to sign with one key: its words, and the others' public keys. */
  List<String> electrumWith(KeyRole role) {
    List<String> keys = new ArrayList<>(electrumKeys);
    keys.set(role.ordinal(), role == KeyRole.USER ? userWords : backupWords);
    return keys;
  }

  @Override
  public String toString() {
    return cosigners.scriptType().name().toLowerCase(Locale.ROOT);
  }
}
