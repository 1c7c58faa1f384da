package org.trefoil.core.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.psbt.HostilePsbt;
import org.trefoil.core.psbt.HostilePsbts;
import org.trefoil.core.psbt.Psbt;

/** Every PSBT of the hostile corpus is refused, with its own token, before a key would be used. */
class HostilePsbtTest {
  private final SpendFixture wallet = SpendFixture.twoOfThree(42);
  private final Intent intent;
  private final Psbt half;

  HostilePsbtTest() {
    wallet.addCoin(300_000);
    wallet.addCoin(310_000);
    wallet.addCoin(320_000);
    Proposal proposal = wallet.build(wallet.pay(5_000, wallet.recipient(700_000)));
    intent = proposal.intent();
    half = wallet.sign(wallet.check(proposal.psbt(), intent).orThrow(), proposal.psbt(), 0);
  }

  @Test
  void theGoodOneIsTaken() {
    assertThatCode(() -> coSign(half.serialize())).doesNotThrowAnyException();
  }

  @Test
  void everyOtherIsRefusedWithItsOwnToken() {
    List<HostilePsbt> corpus = HostilePsbts.of(half, 7, 600);
    Set<String> kinds = new HashSet<>();
    Set<String> tokens = new HashSet<>();
    for (HostilePsbt hostile : corpus) {
      String token = refusal(hostile.bytes());
      kinds.add(hostile.name());
      tokens.add(token);
      assertThat(token).as(hostile.name()).isNotEqualTo("nothing");
      if (!hostile.tokens().isEmpty()) {
        assertThat(hostile.tokens()).as(hostile.name()).contains(token);
      }
    }
    assertThat(corpus.size()).isGreaterThanOrEqualTo(600);
    assertThat(kinds.size()).isGreaterThanOrEqualTo(70);
    assertThat(tokens.size()).isGreaterThanOrEqualTo(18);
  }

  @Test
  void theSameSeedGivesTheSameCorpus() {
    List<HostilePsbt> one = HostilePsbts.of(half, 7, 100);
    List<HostilePsbt> two = HostilePsbts.of(half, 7, 100);
    for (int i = 0; i < one.size(); i++) {
      assertThat(one.get(i).bytes()).isEqualTo(two.get(i).bytes());
    }
  }

  private String refusal(byte[] bytes) {
    try {
      coSign(bytes);
      return "nothing";
    } catch (RefusedException e) {
      return e.refusal().token();
    }
  }

  /** All that the co-signer does before it signs. */
  private void coSign(byte[] bytes) {
    Psbt psbt = Psbt.parse(bytes);
    HalfSigned.verify(wallet.check(psbt, intent).orThrow(), psbt, KeyRole.USER);
  }
}
