package org.trefoil.custody.birth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcoinj.base.Base58;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.Token;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Endorsement;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.custody.entropy.TestEntropy;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;

/** Keys that a person or further owners bring to a birth, and what is refused of them. */
class BroughtKeysTest {
  @Test
  void badColdKeysAreRefused() {
    Network network = Network.TESTNET;
    String server = TestBirths.terms(network, "cold").serverKey().expression();
    String good = expression(KeyRole.BACKUP, network, "cold device");
    String origin = good.substring(0, good.indexOf(']') + 1);
    refusal(Token.KEY_REPEATED, () -> coldBirth(server));
    refusal(
        Token.COLD_KEY_PATH,
        () ->
            coldBirth(
                good.replace("48'/1'/0'/2'", "48'/1'/0'/1'")
                    .replace(good.substring(good.indexOf(']') + 1), nestedXpub())));
    refusal(Token.KEY_ORIGIN_MISSING, () -> coldBirth(good.substring(origin.length())));
    refusal(Token.KEY_DEPTH, () -> coldBirth(good.replace("48'/1'/0'/2'", "48'/1'/0'")));
    refusal(
        Token.KEY_OTHER_NETWORK,
        () -> coldBirth(expression(KeyRole.BACKUP, Network.MAINNET, "cold device")));
    refusal(Token.PRIVATE_KEY_PASTED, () -> coldBirth("tprv8ZgxMBicQKsPd"));
    refusal(Token.KEY_ORIGIN_MISSING, () -> coldBirth(""));
    refusal(Token.KEY_CHARACTER, () -> coldBirth(good + "/0/*"));
    try (Begun begun = Begun.begin(TestBirths.terms(network, "cold"), TestEntropy.named("c"))) {
      assertThat(begun.withColdBackup("  " + good + "\n").cosigners().keys()).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // SLIP-0132's version bytes: plain, then by kind of script, then whether ours
    "TESTNET,043587cf,true", // tpub
    "TESTNET,02575483,true", // Vpub: P2WSH multisig
    "TESTNET,045f1cf6,false", // vpub: P2WPKH
    "TESTNET,044a5262,false", // upub: P2WPKH in P2SH
    "TESTNET,024289ef,false", // Upub: P2WSH multisig in P2SH
    "MAINNET,0488b21e,true", // xpub
    "MAINNET,02aa7ed3,true", // Zpub: P2WSH multisig
    "MAINNET,04b24746,false", // zpub: P2WPKH
    "MAINNET,049d7cb2,false", // ypub: P2WPKH in P2SH
    "MAINNET,0295b43f,false" // Ypub: P2WSH multisig in P2SH
  })
  void theKindOfScriptThatAPrefixNamesMustBeThisWallets(
      Network network, String version, boolean ours) {
    String plain = expression(KeyRole.BACKUP, network, "cold device");
    String origin = plain.substring(0, plain.indexOf(']') + 1);
    byte[] bytes = Base58.decodeChecked(plain.substring(origin.length()));
    System.arraycopy(Hex.parse(version), 0, bytes, 0, 4);
    String spelled =
        origin + Base58.encodeChecked(bytes[0] & 255, Arrays.copyOfRange(bytes, 1, bytes.length));
    for (String behind : List.of("", "/<0;1>/*", "/**")) {
      try (Begun begun = Begun.begin(TestBirths.terms(network, "kind"), TestEntropy.named("k"))) {
        if (ours) {
          Keyed keyed = begun.withColdBackup(spelled + behind);
          assertThat(keyed.cosigners().key(KeyRole.BACKUP).expression()).isEqualTo(plain);
        } else {
          refusal(Token.COLD_KEY_KIND, () -> begun.withColdBackup(spelled + behind));
        }
      }
    }
    Network other = network == Network.MAINNET ? Network.REGTEST : Network.MAINNET;
    try (Begun begun = Begun.begin(TestBirths.terms(other, "kind"), TestEntropy.named("k"))) {
      refusal(Token.KEY_OTHER_NETWORK, () -> begun.withColdBackup(spelled));
    }
  }

  @Test
  void ownersBringTheirKeysAndOneOfThemIsNobodyElses() {
    Network network = Network.REGTEST;
    List<String> owners = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      owners.add(expression(KeyRole.OWNER_1, network, "owner " + i));
    }
    for (int n = 2; n <= 7; n++) {
      try (Born born = QuickBirths.shared(network, "club", n, owners.subList(0, n - 2))) {
        Cosigners cosigners = born.cosigners();
        assertThat(cosigners.threshold()).isEqualTo(n);
        assertThat(cosigners.keys().stream().map(CosignerKey::role))
            .containsExactlyElementsOf(KeyRole.ofWallet(n));
        assertThat(cosigners.others().stream().map(CosignerKey::expression))
            .containsExactlyElementsOf(owners.subList(0, n - 2));
        assertThat(Endorsement.verify(cosigners, born.walletId(), born.endorsement())).isTrue();
        assertThat(born.backupIsCold()).isTrue();
        assertThat(born.backupWords()).isNull();
        PaperCheck check = born.paperCheck();
        assertThat(check.answer(BirthTest.answers(check, born)).by()).isEqualTo(KeyRole.USER);
      }
    }
    for (int threshold : new int[] {0, 1, 5}) {
      shared(Token.QUORUM_NUMBERS, threshold, owners.subList(0, 2));
    }
    shared(Token.QUORUM_NUMBERS, 3, owners);
    shared(Token.KEY_REPEATED, 3, List.of(owners.get(0), owners.get(1), owners.get(0)));
    // Another key, which says that it is of the same master: one person's device, asked twice.
    String origin = owners.get(0).substring(0, owners.get(0).indexOf(']') + 1);
    String sameMaster = origin + owners.get(1).substring(owners.get(1).indexOf(']') + 1);
    shared(Token.KEY_REPEATED, 2, List.of(owners.get(0), sameMaster));
    shared(Token.PRIVATE_KEY_PASTED, 2, List.of(owners.get(0), "tprv8ZgxMBicQKsPd"));
    shared(Token.KEY_REPEATED, 2, List.of(TestBirths.terms(network, "c").serverKey().expression()));
  }

  private static void shared(Token token, int threshold, List<String> owners) {
    try (Begun begun =
        Begun.begin(TestBirths.terms(Network.REGTEST, "c"), TestEntropy.named("c"))) {
      refusal(token, () -> begun.withOwners(threshold, owners));
    }
  }

  @Test
  void theUsersOwnKeyIsNoBackup() {
    Network network = Network.TESTNET;
    String own;
    try (UserSeed same = UserSeed.fresh(TestEntropy.named("same user"));
        AccountKey account = same.account(network)) {
      own = account.cosignerKey().expression();
    }
    try (Begun begun =
        Begun.begin(TestBirths.terms(network, "cold"), TestEntropy.named("same user"))) {
      refusal(Token.KEY_REPEATED, () -> begun.withColdBackup(own));
    }
  }

  private static String nestedXpub() {
    // The same point as a key one step aside: path m/48'/1'/0'/1'.
    CosignerKey key =
        CosignerKey.parse(
            KeyRole.BACKUP,
            expression(KeyRole.BACKUP, Network.TESTNET, "cold device"),
            Network.TESTNET);
    return org.trefoil.core.keys.Xpub.of(
            Network.TESTNET, 4, 7, 1 | 0x80000000, key.xpub().chainCode(), key.xpub().publicKey())
        .base58();
  }

  private static String expression(KeyRole role, Network network, String name) {
    try (AccountKey key = TestBirths.account(role, network, name)) {
      return key.cosignerKey().expression();
    }
  }

  private static Keyed coldBirth(String expression) {
    return Begun.begin(TestBirths.terms(Network.TESTNET, "cold"), TestEntropy.named("c"))
        .withColdBackup(expression);
  }
}
