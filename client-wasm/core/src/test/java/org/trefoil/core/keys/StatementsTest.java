package org.trefoil.core.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.ECKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;

/** What keys sign is what is written down, byte by byte: others rebuild it without our code. */
class StatementsTest {
  private static final String WALLET = "00112233445566778899aabbccddeeff";
  private static final String NEWER = "11112233445566778899aabbccddeeff";
  private final Cosigners cosigners = TestKeys.twoOfThree(Network.REGTEST);
  private final Cosigners newer = TestKeys.cosigners(Network.REGTEST, ScriptType.P2WSH, 2, 3, 10);

  /** BIP-0340's tagged hash, by the JDK. */
  private static byte[] tagged(String tag, byte[]... parts) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] prefix = sha256.digest(tag.getBytes(UTF_8));
      sha256.update(prefix);
      sha256.update(prefix);
      for (byte[] part : parts) {
        sha256.update(part);
      }
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] zeroBetween(String... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < parts.length; i++) {
      if (i > 0) {
        out.write(0);
      }
      out.writeBytes(parts[i].getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static byte[] set(Cosigners cosigners, String wallet) {
    return zeroBetween(cosigners.network().id(), wallet, cosigners.descriptor());
  }

  @Test
  void anEndorsementIsOverNetworkWalletAndDescriptor() {
    assertThat(Endorsement.digest(cosigners, WALLET))
        .isEqualTo(tagged("trefoil/endorsement/1", set(cosigners, WALLET)));
  }

  @Test
  void everyPurposeHasItsTag() {
    Set<String> seen = new HashSet<>();
    List<String> purposes =
        List.of(
            Statement.PAPER_CHECKED,
            Statement.ENVELOPE_CHANGED,
            Statement.SUCCEEDED_BY,
            Statement.SUCCEEDS,
            Statement.POLICY,
            Statement.RULES_HELD);
    for (String purpose : purposes) {
      byte[] digest = Statement.digest(purpose, cosigners, WALLET);
      assertThat(digest)
          .isEqualTo(tagged("trefoil/statement/1/" + purpose, set(cosigners, WALLET)));
      seen.add(Hex.of(digest));
    }
    assertThat(seen).hasSameSizeAs(purposes);
  }

  @Test
  void anAccountsStatementIsOverEachOfItsParts() {
    AccountStatement statement =
        new AccountStatement(
            AccountStatement.CHANGE_EMAIL, "account", "new@example.org", "00ff", 1_800_000_000);
    byte[] parts =
        zeroBetween(
            "regtest",
            WALLET,
            cosigners.descriptor(),
            "account",
            "00ff",
            "1800000000",
            "new@example.org");
    assertThat(statement.digest(cosigners, WALLET))
        .isEqualTo(tagged("trefoil/account-statement/1/change-email", parts));
  }

  @Test
  void aSuccessionIsOverBothWalletsTheOlderFirst() {
    byte[] older = tagged("trefoil/statement/1/succeeded-by", set(cosigners, WALLET));
    byte[] later = tagged("trefoil/statement/1/succeeds", set(newer, NEWER));
    assertThat(Succession.digest(cosigners, WALLET, newer, NEWER))
        .isEqualTo(tagged("trefoil/succession/1", older, later))
        .isNotEqualTo(Succession.digest(newer, NEWER, cosigners, WALLET));
  }

  /** A key set of ours by its digest, which is the same wherever it is computed. */
  @Test
  void theDigestOfAKeySetIsTheHashOfItsDescriptor() {
    byte[] descriptor = cosigners.descriptor().getBytes(UTF_8);
    assertThat(cosigners.digest()).isEqualTo(Sha256Hash.hash(descriptor));
  }

  @Test
  void aStatementOfAKeyBelowTheAccountsIsByThatKeyAlone() {
    byte[] digest = Statement.digest(Statement.RULES_HELD, cosigners, WALLET);
    byte[] signature = sign(child(TestKeys.account(3, Network.REGTEST), 7, 5), digest);
    assertThat(Statement.verify(digest, cosigners, KeyRole.SERVER, 7, 5, signature)).isTrue();
    assertThat(Statement.verify(digest, cosigners, KeyRole.SERVER, 7, 4, signature)).isFalse();
    assertThat(Statement.verify(digest, cosigners, KeyRole.SERVER, 6, 5, signature)).isFalse();
    assertThat(Statement.verify(digest, cosigners, KeyRole.USER, 7, 5, signature)).isFalse();
    assertThat(Statement.verify(digest, cosigners, KeyRole.SERVER, signature)).isFalse();
  }

  /** A role that the wallet has no key of states nothing, rather than being an error. */
  @Test
  void whoHasNoKeyStatesNothing() {
    byte[] digest = Statement.digest(Statement.POLICY, cosigners, WALLET);
    byte[] signature = sign(TestKeys.account(1, Network.REGTEST), digest);
    assertThat(Statement.verify(digest, cosigners, KeyRole.USER, signature)).isTrue();
    assertThat(Statement.verify(digest, cosigners, KeyRole.OWNER_1, signature)).isFalse();
    assertThat(Statement.verify(digest, cosigners, KeyRole.OWNER_1, 0, 0, signature)).isFalse();
    AccountStatement asked = new AccountStatement(AccountStatement.FACTOR_LOST, "a", "", "00", 1);
    assertThat(asked.verify(cosigners, WALLET, KeyRole.OWNER_1, signature)).isFalse();
  }

  @Test
  void aSignatureHasSixtyFourBytes() {
    byte[] digest = Statement.digest(Statement.POLICY, cosigners, WALLET);
    byte[] signature = sign(TestKeys.account(1, Network.REGTEST), digest);
    for (int length : new int[] {0, 32, 63, 65}) {
      byte[] other = Arrays.copyOf(signature, length);
      assertThat(Statement.verify(digest, cosigners, KeyRole.USER, other)).isFalse();
    }
  }

  private static ECKey child(DeterministicKey account, int branch, int index) {
    DeterministicKey key = HDKeyDerivation.deriveChildKey(account, new ChildNumber(branch));
    return HDKeyDerivation.deriveChildKey(key, new ChildNumber(index));
  }

  private static byte[] sign(ECKey key, byte[] digest) {
    ECKey.ECDSASignature signature = key.sign(Sha256Hash.wrap(digest)).toCanonicalised();
    byte[] out = new byte[64];
    System.arraycopy(BigIntegers.asUnsignedByteArray(32, signature.r), 0, out, 0, 32);
    System.arraycopy(BigIntegers.asUnsignedByteArray(32, signature.s), 0, out, 32, 32);
    return out;
  }
}
