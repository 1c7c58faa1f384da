package org.trefoil.server.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.proposal.Proposal;
import org.trefoil.core.proposal.SpendFixture;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.server.keyfile.KeyFile;

/** C5: no approval but on the second factor of exactly this transaction, after all other keys. */
class ApproverTest {
  private final Approver approver =
      new Approver(TestCeilings.NONE, new Seals(KeyFile.of(new byte[32])));

  private static CheckedSpend spend(SpendFixture wallet) {
    wallet.addCoin(200_000);
    Proposal built = wallet.build(wallet.pay(2_000, wallet.recipient(50_000)));
    return wallet.check(Psbt.parse(built.psbt().serialize()), built.intent()).orThrow();
  }

  private static HalfSigned byFirst(SpendFixture wallet, CheckedSpend spend) {
    Psbt signed = wallet.sign(spend, spend.psbt(), 0);
    return HalfSigned.byPerson(spend, signed, PublicCurve.EVERYWHERE);
  }

  @Test
  void c5TheSecondFactorOfAnotherTransactionApprovesNothing() {
    SpendFixture wallet = SpendFixture.twoOfThree(1);
    CheckedSpend spend = spend(wallet);
    HalfSigned half = byFirst(wallet, spend);
    ApprovedSpend approved = approver.approve("w", half, new Confirmation(spend.digest()));
    assertThat(approved.half()).isSameAs(half);
    assertThat(approved.walletId()).isEqualTo("w");
    byte[] other = spend(SpendFixture.twoOfThree(2)).digest();
    assertThatThrownBy(() -> approver.approve("w", half, new Confirmation(other)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another transaction");
    for (int i = 0; i < other.length; i++) {
      byte[] bent = spend.digest();
      bent[i] ^= 1;
      assertThatThrownBy(() -> approver.approve("w", half, new Confirmation(bent)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void c5NothingIsApprovedBeforeTheOtherOwnersSigned() {
    SpendFixture wallet = new SpendFixture(3, ScriptType.P2WSH, 3, 4);
    CheckedSpend spend = spend(wallet);
    HalfSigned half = byFirst(wallet, spend);
    assertThatThrownBy(() -> approver.approve("w", half, new Confirmation(spend.digest())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("other owners");
  }
}
