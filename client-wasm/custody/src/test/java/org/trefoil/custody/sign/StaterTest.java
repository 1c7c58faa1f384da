package org.trefoil.custody.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.VectorFiles;
import org.trefoil.core.envelope.Resealing;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.AccountStatement;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.Endorsement;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.keys.Succession;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.units.Network;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.SecondSlot;
import org.trefoil.custody.birth.TestBirths;
import org.trefoil.custody.keys.AccountKey;

/** What keys state about their wallet: the server takes each statement from the right key only. */
class StaterTest {
  private static final Network NETWORK = Network.REGTEST;
  private static final String ID = TestBirths.WALLET_ID;
  private static final String OTHER_ID = "ff".repeat(16);

  private final AccountKey user = TestBirths.account(KeyRole.USER, NETWORK, "user");
  private final AccountKey backup = TestBirths.account(KeyRole.BACKUP, NETWORK, "backup");
  private final AccountKey foreign = TestBirths.account(KeyRole.USER, NETWORK, "foreign");
  private final CosignerKey server = key(TestBirths.account(KeyRole.SERVER, NETWORK, "server"));
  private final Cosigners wallet = wallet(user.cosignerKey());

  private static CosignerKey key(AccountKey account) {
    try (account) {
      return account.cosignerKey();
    }
  }

  private Cosigners wallet(CosignerKey user) {
    return new Cosigners(NETWORK, ScriptType.P2WSH, 2, List.of(user, backup.cosignerKey(), server));
  }

  @AfterEach
  void close() {
    user.close();
    backup.close();
    foreign.close();
  }

  @Test
  void theUserKeySignsForTheKeySetAndNoOtherKeyDoes() {
    byte[] endorsement = Endorser.endorse(user, wallet, ID);
    assertThat(Endorsement.verify(wallet, ID, endorsement)).isTrue();
    assertThat(Endorsement.verify(wallet, OTHER_ID, endorsement)).isFalse();
    for (AccountKey other : List.of(backup, foreign)) {
      refusal(Token.KEY_SET_CHANGED, () -> Endorser.endorse(other, wallet, ID));
    }
  }

  @Test
  void eitherKeyStatesThatThePaperWasChecked() {
    for (AccountKey key : List.of(user, backup)) {
      PaperStatement stated = Stater.paperChecked(key, wallet, ID);
      assertThat(stated.by()).isEqualTo(key.role());
      byte[] signature = stated.signature();
      assertThat(Statement.verify(Statement.PAPER_CHECKED, wallet, ID, stated.by(), signature))
          .isTrue();
      signature[9] ^= 1;
      assertThat(stated.signature()).isNotEqualTo(signature);
    }
    refusal(Token.KEY_SET_CHANGED, () -> Stater.paperChecked(foreign, wallet, ID));
  }

  @Test
  void whatAPaperStatementWasMadeOfMayChange() {
    byte[] signature = new byte[64];
    PaperStatement stated = new PaperStatement(KeyRole.USER, signature);
    signature[0] = 1;
    assertThat(stated.signature()).isEqualTo(new byte[64]);
  }

  @Test
  void eitherKeyAnswersAQuestionAboutTheAccount() {
    AccountStatement asked =
        new AccountStatement(AccountStatement.FACTOR_LOST, "account 7", "", "c0ffee", 1_800_000L);
    for (AccountKey key : List.of(user, backup)) {
      byte[] signature = Stater.aboutAccount(key, wallet, ID, asked);
      assertThat(asked.verify(wallet, ID, key.role(), signature)).isTrue();
      AccountStatement other =
          new AccountStatement(AccountStatement.FACTOR_LOST, "account 8", "", "c0ffee", 1_800_000L);
      assertThat(other.verify(wallet, ID, key.role(), signature)).isFalse();
    }
    refusal(Token.KEY_SET_CHANGED, () -> Stater.aboutAccount(foreign, wallet, ID, asked));
  }

  @Test
  void theUserKeyStatesThatOneEnvelopeTakesTheOthersPlace() {
    String[] vector = Outcome.columns(VectorFiles.text("envelope-v1/envelopes.txt"), 12).get(0);
    SealedUserKey sealed = SealedUserKey.parse(vector[11]);
    String slot = Base64.getEncoder().encodeToString(new byte[92]);
    String point = "02" + "ab".repeat(32);
    SecondSlot beside = new SecondSlot(slot, point, point);
    for (boolean byPasscode : new boolean[] {true, false}) {
      byte[] signature = Stater.resealed(user, wallet, ID, sealed, sealed, beside, byPasscode);
      byte[] digest = Resealing.digest(wallet, ID, sealed, sealed, beside, byPasscode);
      assertThat(Statement.verify(digest, wallet, KeyRole.USER, signature)).isTrue();
    }
    for (AccountKey other : List.of(backup, foreign)) {
      refusal(
          Token.KEY_SET_CHANGED,
          () -> Stater.resealed(other, wallet, ID, sealed, sealed, beside, true));
    }
  }

  @Test
  void theUserKeyStatesTheWalletsRules() {
    PolicyDocument plain = new PolicyDocument(1, PolicyChain.NOTHING, 10, "{}", "");
    PolicyDocument signed = Stater.policy(user, wallet, ID, plain);
    assertThat(signed.rules()).isEqualTo("{}");
    byte[] signature = Base64.getDecoder().decode(signed.signature());
    byte[] digest = PolicyChain.digest(wallet, ID, plain);
    assertThat(Statement.verify(digest, wallet, KeyRole.USER, signature)).isTrue();
    for (AccountKey other : List.of(backup, foreign)) {
      refusal(Token.KEY_SET_CHANGED, () -> Stater.policy(other, wallet, ID, plain));
    }
  }

  @Test
  void eitherKeyOfTheOlderWalletNamesItsSuccessor() {
    Cosigners newer = wallet(foreign.cosignerKey());
    byte[] digest = Succession.digest(wallet, ID, newer, OTHER_ID);
    for (AccountKey key : List.of(user, backup)) {
      byte[] signature = Stater.succession(key, wallet, ID, newer, OTHER_ID);
      assertThat(Statement.verify(digest, wallet, key.role(), signature)).isTrue();
    }
    refusal(Token.KEY_SET_CHANGED, () -> Stater.succession(foreign, wallet, ID, newer, OTHER_ID));
  }

  @Test
  void aKeyOfAnotherNetworkStatesNothing() {
    try (AccountKey other = TestBirths.account(KeyRole.USER, Network.SIGNET, "user")) {
      refusal(Token.KEY_SET_CHANGED, () -> Endorser.endorse(other, wallet, ID));
      refusal(Token.KEY_SET_CHANGED, () -> Stater.paperChecked(other, wallet, ID));
    }
  }
}
