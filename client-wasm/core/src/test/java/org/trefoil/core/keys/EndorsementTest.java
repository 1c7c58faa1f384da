package org.trefoil.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.crypto.ECKey;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.trefoil.core.units.Network;

class EndorsementTest {
  private static final String WALLET = "00112233445566778899aabbccddeeff";
  private final Cosigners cosigners = TestKeys.twoOfThree(Network.REGTEST);

  @Test
  void theUserKeysSignatureIsTaken() {
    byte[] signature = sign(1, Endorsement.digest(cosigners, WALLET), false);
    assertThat(Endorsement.verify(cosigners, WALLET, signature)).isTrue();
  }

  @Test
  void anotherKeysSignatureIsNot() {
    byte[] signature = sign(2, Endorsement.digest(cosigners, WALLET), false);
    assertThat(Endorsement.verify(cosigners, WALLET, signature)).isFalse();
  }

  @Test
  void anotherWalletKeySetOrNetworkIsNot() {
    byte[] signature = sign(1, Endorsement.digest(cosigners, WALLET), false);
    assertThat(Endorsement.verify(cosigners, WALLET.replace('0', '1'), signature)).isFalse();
    Cosigners threeOfThree = new Cosigners(Network.REGTEST, ScriptType.P2WSH, 3, cosigners.keys());
    assertThat(Endorsement.verify(threeOfThree, WALLET, signature)).isFalse();
    Cosigners elsewhere = new Cosigners(Network.SIGNET, ScriptType.P2WSH, 2, cosigners.keys());
    assertThat(Endorsement.verify(elsewhere, WALLET, signature)).isFalse();
  }

  @Test
  void everyFlippedBitAndEveryOtherFormIsNot() {
    byte[] signature = sign(1, Endorsement.digest(cosigners, WALLET), false);
    for (int bit = 0; bit < 512; bit += 5) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Endorsement.verify(cosigners, WALLET, flipped)).isFalse();
    }
    byte[] highS = sign(1, Endorsement.digest(cosigners, WALLET), true);
    assertThat(Endorsement.verify(cosigners, WALLET, highS)).isFalse();
    assertThat(Endorsement.verify(cosigners, WALLET, new byte[64])).isFalse();
    assertThat(Endorsement.verify(cosigners, WALLET, new byte[63])).isFalse();
  }

  @Test
  void aStatementIsForOnePurposeOnly() {
    byte[] digest = Statement.digest(Statement.PAPER_CHECKED, cosigners, WALLET);
    byte[] signature = sign(2, digest, false);
    assertThat(verifyStatement(Statement.PAPER_CHECKED, KeyRole.BACKUP, signature)).isTrue();
    assertThat(verifyStatement(Statement.PAPER_CHECKED, KeyRole.USER, signature)).isFalse();
    assertThat(verifyStatement("other", KeyRole.BACKUP, signature)).isFalse();
    assertThat(Endorsement.verify(cosigners, WALLET, sign(1, digest, false))).isFalse();
  }

  @Test
  void aStatementAboutAnAccountIsForOneQuestionOnly() {
    AccountStatement asked =
        new AccountStatement(AccountStatement.FACTOR_LOST, "acc", "", "00ff", 1_800_000_000);
    byte[] signature = sign(1, asked.digest(cosigners, WALLET), false);
    assertThat(asked.verify(cosigners, WALLET, KeyRole.USER, signature)).isTrue();
    assertThat(asked.verify(cosigners, WALLET, KeyRole.BACKUP, signature)).isFalse();
    assertThat(asked.verify(cosigners, WALLET + "0", KeyRole.USER, signature)).isFalse();
    for (AccountStatement other :
        List.of(
            new AccountStatement("change-email", "acc", "", "00ff", 1_800_000_000),
            new AccountStatement("factor-lost", "ac", "", "00ff", 1_800_000_000),
            new AccountStatement("factor-lost", "acc", "x", "00ff", 1_800_000_000),
            new AccountStatement("factor-lost", "acc", "", "00fe", 1_800_000_000),
            new AccountStatement("factor-lost", "acc", "", "00ff", 1_800_000_001))) {
      assertThat(other.verify(cosigners, WALLET, KeyRole.USER, signature)).isFalse();
    }
    assertThat(verifyStatement(Statement.PAPER_CHECKED, KeyRole.USER, signature)).isFalse();
    assertThat(Endorsement.verify(cosigners, WALLET, signature)).isFalse();
  }

  private boolean verifyStatement(String purpose, KeyRole by, byte[] signature) {
    return Statement.verify(purpose, cosigners, WALLET, by, signature);
  }

  private static byte[] sign(long key, byte[] digest, boolean highS) {
    ECKey.ECDSASignature signature =
        TestKeys.account(key, Network.REGTEST).sign(Sha256Hash.wrap(digest)).toCanonicalised();
    BigInteger s = highS ? ECKey.ecDomainParameters().getN().subtract(signature.s) : signature.s;
    byte[] out = new byte[64];
    System.arraycopy(BigIntegers.asUnsignedByteArray(32, signature.r), 0, out, 0, 32);
    System.arraycopy(BigIntegers.asUnsignedByteArray(32, s), 0, out, 32, 32);
    return out;
  }
}
