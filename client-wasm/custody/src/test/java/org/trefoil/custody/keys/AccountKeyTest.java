package org.trefoil.custody.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.Test;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyOrigin;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.secret.SecretBytes;

/** Account keys at {@code m/48'/coin'/0'/2'}: their place, their signatures, and whose they are. */
class AccountKeyTest {
  private static final List<String[]> THEIRS =
      VectorFiles.text("two-of-three/keys.txt")
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" ", 5))
          .toList();
  private static final byte[] DIGEST = Sha256Hash.hash(new byte[] {4, 8});

  private static AccountKey account(KeyRole role) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) (role.ordinal() + 1));
    return AccountKey.ofMaster(role, Network.TESTNET, key, new byte[32]);
  }

  private static void taken(byte[] signature, byte[] publicKey) {
    BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    ECKey.ECDSASignature both = new ECKey.ECDSASignature(r, s);
    assertThat(ECKey.fromPublicOnly(publicKey).verify(Sha256Hash.wrap(DIGEST), both)).isTrue();
  }

  @Test
  void wordsAccountAndFingerprintAreThoseThatOthersDerive() {
    assertThat(THEIRS).hasSize(3);
    for (String[] theirs : THEIRS) {
      SecretBytes entropy = SecretBytes.takingOver(Hex.parse(theirs[1]));
      try (BackupSeed seed = BackupSeed.takingOver(entropy);
          Mnemonic words = seed.mnemonic();
          AccountKey account = seed.account(Network.TESTNET)) {
        assertThat(String.join(" ", words(words))).isEqualTo(theirs[4]);
        assertThat(account.cosignerKey().expression())
            .isEqualTo("[" + theirs[2] + "/48'/1'/0'/2']" + theirs[3]);
        assertThat(account.role()).isEqualTo(KeyRole.BACKUP);
        assertThat(account.network()).isEqualTo(Network.TESTNET);
        assertThat(account).hasToString("AccountKey[redacted]");
      }
    }
  }

  private static List<String> words(Mnemonic words) {
    return Arrays.stream(words.words()).map(String::new).toList();
  }

  @Test
  void aMainnetAccountIsOfCoinTypeZeroAndAnotherKey() {
    try (UserSeed seed = UserSeed.takingOver(SecretBytes.copyOf(Hex.parse(THEIRS.get(0)[1])));
        AccountKey main = seed.account(Network.MAINNET);
        AccountKey test = seed.account(Network.TESTNET)) {
      assertThat(main.cosignerKey().expression()).startsWith("[7a09fec0/48'/0'/0'/2']xpub");
      assertThat(main.role()).isEqualTo(KeyRole.USER);
      assertThat(main.cosignerKey().xpub().publicKey())
          .isNotEqualTo(test.cosignerKey().xpub().publicKey());
    }
  }

  @Test
  void signaturesAreOfTheKeysThatTheXpubGives() {
    try (AccountKey account = account(KeyRole.USER)) {
      CosignerKey key = account.cosignerKey();
      taken(account.sign(DIGEST), key.xpub().publicKey());
      for (int branch : new int[] {0, 1, 0, 1}) {
        for (int index : new int[] {0, 1, 77, Integer.MAX_VALUE}) {
          taken(account.sign(branch, index, DIGEST), key.xpub().childPublicKey(branch, index));
        }
      }
      for (int none : new int[] {-1, 2, KeyPath.HARDENED}) {
        assertThatThrownBy(() -> account.sign(none, 0, DIGEST))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void anAccountThatIsClosedSignsNothingWithBranchesThatItKnewNeither() {
    AccountKey account = account(KeyRole.USER);
    account.sign(0, 0, DIGEST);
    account.close();
    assertThatThrownBy(() -> account.sign(DIGEST)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(account::cosignerKey).isInstanceOf(IllegalStateException.class);
    for (int branch : new int[] {0, 1}) {
      assertThatThrownBy(() -> account.sign(branch, 0, DIGEST))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aMasterKeyInItsPartsIsCopied() {
    byte[] key = new byte[32];
    key[31] = 9;
    byte[] chainCode = new byte[32];
    try (AccountKey one = AccountKey.ofMaster(KeyRole.SERVER, Network.REGTEST, key, chainCode)) {
      assertThat(key[31]).isEqualTo((byte) 9);
      chainCode[0] = 1;
      try (AccountKey other =
          AccountKey.ofMaster(KeyRole.SERVER, Network.REGTEST, key, chainCode)) {
        // The same master key and so the same fingerprint, but another tree.
        assertThat(other.cosignerKey().origin()).isEqualTo(one.cosignerKey().origin());
        assertThat(other.cosignerKey()).isNotEqualTo(one.cosignerKey());
      }
    }
  }

  @Test
  void aSeedFindsItsAccountInAWalletByItsFingerprintAndThenByTheKey() {
    CosignerKey server = account(KeyRole.SERVER).cosignerKey();
    CosignerKey backup = account(KeyRole.BACKUP).cosignerKey();
    try (Mnemonic words = Mnemonic.of(Hex.parse(THEIRS.get(0)[1]));
        SecretBytes seed = words.seed();
        SecretBytes stranger = SecretBytes.takingOver(new byte[32]);
        PrivateNode master = PrivateNode.master(seed.exposed())) {
      KeyPath third = KeyPath.parse("m/48'/1'/3'/2'");
      KeyOrigin origin = new KeyOrigin(master.fingerprint(), third);
      CosignerKey ours =
          new CosignerKey(KeyRole.USER, origin, master.descend(third).xpub(Network.TESTNET));
      Cosigners wallet = wallet(ours, backup, server);
      try (AccountKey found = Objects.requireNonNull(AccountKey.find(seed, wallet))) {
        assertThat(found.cosignerKey()).isEqualTo(ours);
        assertThat(found.role()).isEqualTo(KeyRole.USER);
        taken(found.sign(1, 5, DIGEST), ours.xpub().childPublicKey(1, 5));
      }
      assertThat(AccountKey.find(stranger, wallet)).isNull();
      CosignerKey claimed =
          new CosignerKey(KeyRole.USER, origin, account(KeyRole.OWNER_1).cosignerKey().xpub());
      assertThat(AccountKey.find(seed, wallet(claimed, backup, server))).isNull();
    }
  }

  private static Cosigners wallet(CosignerKey... keys) {
    return new Cosigners(Network.TESTNET, ScriptType.P2WSH, 2, List.of(keys));
  }
}
