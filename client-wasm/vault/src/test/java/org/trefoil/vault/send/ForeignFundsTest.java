package org.trefoil.vault.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.sweep.LoneScript;
import org.trefoil.core.sweep.Sweep;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Fees;
import org.trefoil.core.wire.ForeignCoin;
import org.trefoil.core.wire.ForeignCoins;
import org.trefoil.custody.keys.LoneKey;

/** What a server says of another key's coins is believed as far as their makers show it. */
class ForeignFundsTest {
  private static final Fees FEES = new Fees(1_000, 2_000, 5_000, 1_000, 500_000);
  private static final Address TO =
      Address.parse("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", Network.REGTEST);
  private static final List<LoneScript> SCRIPTS = scripts(7);

  private static List<LoneScript> scripts(int number) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) number;
    try (LoneKey key = Objects.requireNonNull(LoneKey.of(bytes))) {
      return LoneScript.of(key.publicKey(true), key.publicKey(false));
    }
  }

  /** A coin of 40,000 sat at each of the scripts. */
  private static ForeignCoins found(List<LoneScript> scripts, long claimed, int... waits) {
    List<TxOutput> outputs = new ArrayList<>();
    for (LoneScript script : scripts) {
      outputs.add(new TxOutput(new Sats(40_000), script.scriptPubKey()));
    }
    UnsignedTx maker = UnsignedTx.of(List.of(new Outpoint("cd".repeat(32), 0)), -1, outputs, 0);
    String text = Base64.getEncoder().encodeToString(maker.bytes());
    List<ForeignCoin> coins = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      int wait = i < waits.length ? waits[i] : 0;
      coins.add(new ForeignCoin(maker.txid(), i, claimed, wait, text));
    }
    return new ForeignCoins(false, 100, coins, 3, FEES, 200);
  }

  @Test
  void whatLiesThereIsAddedUpByScript() {
    ForeignFunds funds = new ForeignFunds(found(SCRIPTS, 40_000, 5, 9), SCRIPTS);
    assertThat(funds.total()).isEqualTo(new Sats(160_000));
    assertThat(funds.at(SCRIPTS.get(0))).isEqualTo(Sats.ZERO);
    assertThat(funds.at(SCRIPTS.get(2))).isEqualTo(new Sats(40_000));
    assertThat(funds.fresh()).isEqualTo(new Sats(80_000));
    assertThat(funds.blocks()).isEqualTo(9);
    assertThat(funds.left()).isEqualTo(3);
    List<Sweep> plan = funds.plan(TO, new Wish.Fee(2_000, ""));
    assertThat(plan).hasSize(1);
    assertThat(plan.get(0).amount().plus(plan.get(0).fee())).isEqualTo(funds.total());
    assertThat(ForeignFunds.asked(SCRIPTS)).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void nothingAndNothingYetAreToldApart() {
    ForeignCoins none = new ForeignCoins(false, 100, List.of(), 0, FEES, 200);
    refuses("foreign-coins-none", none, SCRIPTS);
    refuses("foreign-coins-new", found(SCRIPTS.subList(0, 1), 40_000, 12), SCRIPTS);
  }

  @Test
  void c6AServerThatLiesIsFoundOut() {
    refuses("wrong-input-amount", found(SCRIPTS, 40_001), SCRIPTS);
    refuses("foreign-input", found(scripts(8), 40_000), SCRIPTS);
  }

  @Test
  void aRateThatMakesNoSenseIsNamedAtItsField() {
    ForeignFunds funds = new ForeignFunds(found(SCRIPTS, 40_000), SCRIPTS);
    assertThatThrownBy(() -> funds.plan(TO, new Wish.Fee(0, "much")))
        .isInstanceOf(FieldRefused.class);
    assertThatThrownBy(() -> funds.plan(TO, new Wish.Fee(0, "600")))
        .isInstanceOf(RefusedException.class);
  }

  private static void refuses(String token, ForeignCoins said, List<LoneScript> scripts) {
    assertThatThrownBy(() -> new ForeignFunds(said, scripts)).hasMessage(token);
  }
}
