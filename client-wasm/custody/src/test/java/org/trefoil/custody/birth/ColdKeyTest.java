package org.trefoil.custody.birth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.trefoil.core.Refusals.refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trefoil.core.Token;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyOrigin;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.keys.AccountKey;

/** Keys that were made elsewhere: where in their tree they may be, and which are the same. */
class ColdKeyTest {
  private static final String OURS = "48'/1'/0'/2'";

  private static CosignerKey key(String name) {
    try (AccountKey account = TestBirths.account(KeyRole.BACKUP, Network.TESTNET, name)) {
      return account.cosignerKey();
    }
  }

  private static CosignerKey parse(String path) {
    String expression = key("cold").expression().replace(OURS, path);
    return ColdKey.parse(KeyRole.BACKUP, expression, Network.TESTNET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "7", "2147483647"})
  void anyAccountIsTaken(String account) {
    String path = "48'/1'/" + account + "'/2'";
    assertThat(parse(path).origin().path().toString()).endsWith(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"48'/1'/0/2'", "49'/1'/0'/2'", "48/1'/0'/2'", "48'/0'/0'/2'", "48'/1/0'/2'"})
  void anotherPlaceInTheTreeIsRefusedAndTheRightOneNamed(String path) {
    assertThat(refusal(Token.COLD_KEY_PATH, () -> parse(path)).data())
        .hasEntrySatisfying("path", named -> assertThat(named).endsWith(path))
        .hasEntrySatisfying("expected", named -> assertThat(named).endsWith(OURS));
  }

  @Test
  void twoKeysOfOneMasterOrOfOnePointAreTheSame() {
    CosignerKey one = key("one");
    CosignerKey other = key("other");
    assertThatCode(() -> ColdKey.refuseSame(one, other)).doesNotThrowAnyException();
    CosignerKey sameMaster = new CosignerKey(KeyRole.SERVER, one.origin(), other.xpub());
    refusal(Token.KEY_REPEATED, () -> ColdKey.refuseSame(one, sameMaster));
    KeyOrigin origin = other.origin();
    CosignerKey samePoint = new CosignerKey(KeyRole.SERVER, origin, one.xpub());
    refusal(Token.KEY_REPEATED, () -> ColdKey.refuseSame(one, samePoint));
  }
}
