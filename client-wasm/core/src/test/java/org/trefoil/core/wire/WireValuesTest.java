package org.trefoil.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trefoil.core.Token;

/** What the values of this room promise beyond the fields that they carry. */
class WireValuesTest {
  private static final int MOST = Integer.MAX_VALUE;

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "2, 16", "16, 16", "3, 5"})
  void aKeyIsPrintedWholeOrInSharesOfWhichAtLeastTwoAreNeeded(int needed, int count) {
    assertThat(new KeySplit(needed, count).whole()).isEqualTo(count == 1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "1, 0", "1, 2", "0, 2", "2, 1", "3, 2", "2, 17", "17, 17", "-1, 5"})
  void noOtherSplitIsTaken(int needed, int count) {
    assertThat(refusal(Token.SPLIT_NUMBERS, () -> new KeySplit(needed, count)).data())
        .isEqualTo(Map.of("most", "16"));
  }

  @Test
  void eachRoleMayAllThatThoseBeforeItMay() {
    MemberRole[] roles = MemberRole.values();
    assertThat(Arrays.stream(roles).map(MemberRole::word))
        .containsExactly("viewer", "approver", "spender", "administrator", "owner");
    for (int i = 0; i < roles.length; i++) {
      for (int k = 0; k < roles.length; k++) {
        assertThat(roles[i].may(roles[k])).as("%s as %s", roles[i], roles[k]).isEqualTo(k <= i);
      }
      assertThat(
              List.of(
                  roles[i].approves(), roles[i].spends(), roles[i].administers(), roles[i].owns()))
          .isEqualTo(List.of(i >= 1, i >= 2, i >= 3, i >= 4));
    }
  }

  @Test
  void aWalletIsFollowedFromItsPaperOnForEver() {
    assertThat(Arrays.stream(WalletState.values()).filter(WalletState::live))
        .containsExactly(WalletState.ACTIVE, WalletState.REPLACED);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 99, 0",
    "10, 10, 19, 0",
    "10, 12, 19, 20",
    "10, 19, 19, 90",
    "10, 20, 19, 100",
    "10, 10, 10, 0",
    "7, 50, 107, 42",
    "0, 0, -1, 100",
    "10, 10, 9, 100",
    "0, " + MOST + ", " + MOST + ", 99"
  })
  void howMuchOfTheChainWasReadAgainIsRoundedDown(int from, int next, int tip, int percent) {
    assertThat(new RescanView(true, from, next, tip).percent()).isEqualTo(percent);
  }

  @Test
  void aSignatureIsPutInWithoutTouchingWhatItIsOver() {
    PolicyDocument rules = new PolicyDocument(3, "aa", 7, "{}", "");
    assertThat(rules.signed("AAAA")).isEqualTo(new PolicyDocument(3, "aa", 7, "{}", "AAAA"));
    RuleReceipt held = new RuleReceipt(5, 1, "bb", List.of(1), true, 9L, "");
    assertThat(held.signed("AAAA"))
        .isEqualTo(new RuleReceipt(5, 1, "bb", List.of(1), true, 9L, "AAAA"));
  }

  @Test
  void aWalletGetsOtherWaysIntoItsEnvelopeAndNothingElse() {
    WalletView wallet = (WalletView) MadeUp.full(WalletView.class);
    List<PasskeyOpening> ways = List.of(new PasskeyOpening("AA==", "AQ==", "Ag=="));
    Map<String, Json> expected = wallet.toJson().asObject("").fields();
    expected.put("openings", Json.array(ways, PasskeyOpening::toJson));
    assertThat(wallet.with(ways).toJson().asObject("").fields()).isEqualTo(expected);
  }
}
