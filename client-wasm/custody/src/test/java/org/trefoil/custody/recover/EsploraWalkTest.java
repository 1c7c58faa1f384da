package org.trefoil.custody.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trefoil.core.Refusals.refusal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.PreviousTx;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;

class EsploraWalkTest {
  private static final String UNUSED =
      "{\"chain_stats\":{\"tx_count\":0},\"mempool_stats\":{\"tx_count\":0}}";

  private final Cosigners wallet = new PaperWallet("walked", ScriptType.P2SH).cosigners();
  private final Map<String, String> server = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  private void pay(int branch, int index, long amount) {
    TxOutput output = new TxOutput(new Sats(amount), wallet.scriptPubKey(branch, index));
    UnsignedTx tx =
        UnsignedTx.of(List.of(new Outpoint("ab".repeat(32), index)), -1, List.of(output), 0);
    String hex = Hex.of(tx.bytes());
    String txid = PreviousTx.parse(tx.bytes()).txid();
    String path = "/address/" + wallet.address(branch, index);
    server.put(path, UNUSED.replaceFirst("0", "1"));
    server.put(
        path + "/utxo",
        "[{\"txid\":\""
            + txid
            + "\",\"vout\":0,\"value\":"
            + amount
            + ",\"status\":{\"confirmed\":true}}]");
    server.put("/tx/" + txid + "/hex", hex);
  }

  private EsploraWalk walked() {
    EsploraWalk walk = new EsploraWalk(wallet);
    for (String path = walk.path(); path != null; path = walk.path()) {
      asked.add(path);
      walk.answered(server.getOrDefault(path, UNUSED));
    }
    return walk;
  }

  @Test
  void coinsBeyondTheUsualGapAreFoundWithTheTransactionsThatProveThem() {
    pay(Cosigners.RECEIVE, 0, 10_000);
    pay(Cosigners.RECEIVE, 95, 20_000);
    pay(Cosigners.CHANGE, 60, 30_000);
    EsploraWalk walk = walked();
    assertThat(walk.asked()).isEqualTo(196 + 161);
    assertThat(walk.found()).isEqualTo(3);
    assertThat(asked).doesNotHaveDuplicates().hasSize(196 + 161 + 3 + 3);
    List<CoinReport> reports = walk.reports().stream().map(CoinReport::read).toList();
    FoundCoins found = CoinSearch.begin(new OwnPlaces(wallet), reports).run();
    assertThat(found.total()).isEqualTo(new Sats(60_000));
    assertThat(found.coins()).allMatch(FoundCoins.FoundCoin::proved);
    assertThat(found.unusable()).isEmpty();
  }

  @Test
  void anUnusedWalletEndsAfterTheGapOfEachBranch() {
    EsploraWalk walk = walked();
    assertThat(walk.asked()).isEqualTo(2 * EsploraWalk.GAP);
    assertThat(walk.reports()).isEmpty();
  }

  @Test
  void anAddressWhoseCoinsAreSpentIsLeftOutOfTheReports() {
    pay(Cosigners.RECEIVE, 0, 10_000);
    pay(Cosigners.RECEIVE, 1, 20_000);
    server.put("/address/" + wallet.address(Cosigners.RECEIVE, 0) + "/utxo", "[]");
    assertThat(walked().reports().get(0))
        .startsWith(wallet.address(Cosigners.RECEIVE, 1))
        .doesNotContain(wallet.address(Cosigners.RECEIVE, 0));
  }

  @Test
  void anAnswerThatMakesNoSenseIsRefusedAndAskedForAgain() {
    pay(Cosigners.RECEIVE, 0, 10_000);
    EsploraWalk walk = new EsploraWalk(wallet);
    String path = walk.path();
    refusal(Token.COINS_MALFORMED, () -> walk.answered("<html>"));
    assertThat(walk.path()).isEqualTo(path);
    assertThat(walk.asked()).isZero();
    String other =
        server.keySet().stream().filter(p -> p.startsWith("/tx")).findFirst().orElseThrow();
    server.put(other, server.get(other).replace("10270000", "11270000"));
    refusal(Token.COINS_MALFORMED, this::walked);
  }
}
