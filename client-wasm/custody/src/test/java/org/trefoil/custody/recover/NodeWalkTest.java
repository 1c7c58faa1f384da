package org.trefoil.custody.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;

class NodeWalkTest {
  private static final String HASH = "6a".repeat(32);

  private final List<String> asked = new ArrayList<>();

  private NodeWalk walked(PaidWallet wallet) {
    NodeWalk walk = new NodeWalk(wallet.cosigners());
    for (String body = walk.body(); body != null; body = walk.body()) {
      asked.add(body);
      walk.answered(enveloped(answer(wallet, body)));
    }
    return walk;
  }

  private static String answer(PaidWallet wallet, String body) {
    if (body.contains("\"scantxoutset\"")) {
      return wallet.scanTxOutSet();
    }
    if (body.contains("\"getblockhash\"")) {
      assertThat(body).contains("[105]");
      return "\"" + HASH + "\"";
    }
    assertThat(body).contains(HASH);
    String txid = body.substring(body.indexOf("[\"") + 2).substring(0, 64);
    return "\"" + Hex.of(wallet.transactions.get(txid)) + "\"";
  }

  private static String enveloped(String result) {
    return "{\"result\":" + result + ",\"error\":null,\"id\":\"trefoil\"}";
  }

  private static FoundCoins found(PaidWallet wallet, NodeWalk walk) {
    return wallet.found(walk.reports().toArray(String[]::new));
  }

  @Test
  void oneQuestionFindsTheCoinsOfAWalletWithWitnesses() {
    PaidWallet wallet = new PaidWallet("node", ScriptType.P2WSH);
    wallet.pay(0, 3, 40_000);
    wallet.pay(1, 900, 2_000);
    FoundCoins found = found(wallet, walked(wallet));
    assertThat(asked).hasSize(1);
    assertThat(found.total()).isEqualTo(new Sats(42_000));
  }

  @Test
  void aWalletWithoutWitnessesGetsTheTransactionsOutOfTheirBlocks() {
    PaidWallet wallet = new PaidWallet("old node", ScriptType.P2SH);
    wallet.pay(0, 3, 40_000);
    wallet.pay(1, 4, 2_000);
    FoundCoins found = found(wallet, walked(wallet));
    assertThat(asked).hasSize(5);
    assertThat(found.coins()).hasSize(2).allMatch(FoundCoins.FoundCoin::proved);
  }

  @Test
  void anAnswerThatMakesNoSenseIsRefusedAndAskedForAgain() {
    PaidWallet wallet = new PaidWallet("bent node", ScriptType.P2SH);
    wallet.pay(0, 3, 40_000);
    NodeWalk walk = new NodeWalk(wallet.cosigners());
    for (String bent :
        new String[] {"<html>", enveloped("null"), enveloped("{\"success\":false}")}) {
      String question = walk.body();
      assertThatThrownBy(() -> walk.answered(bent)).isInstanceOf(RefusedException.class);
      assertThat(walk.body()).isEqualTo(question);
    }
    walk.answered(enveloped(wallet.scanTxOutSet()));
    walk.answered(enveloped("\"" + HASH + "\""));
    String question = walk.body();
    PaidWallet other = new PaidWallet("other node", ScriptType.P2SH);
    other.pay(0, 0, 1_000);
    String strange = enveloped("\"" + other.hex().strip() + "\"");
    assertThatThrownBy(() -> walk.answered(strange)).hasMessage("coins-malformed");
    assertThat(walk.body()).isEqualTo(question);
  }

  @Test
  void howFarItIsAndWhatWentWrongIsReadOffItsAnswers() {
    assertThat(NodeWalk.percent(enveloped("{\"progress\":35}"))).isEqualTo(35);
    assertThat(NodeWalk.percent(enveloped("null"))).isZero();
    assertThat(NodeWalk.percent("")).isZero();
    assertThat(
            NodeWalk.reason(
                "{\"result\":null,\"error\":{\"code\":-8,\"message\":\"Scan already in progress\"}}"))
        .isEqualTo("Scan already in progress");
    assertThat(NodeWalk.reason("x".repeat(300))).isEqualTo("x".repeat(200) + " …");
    assertThat(NodeWalk.reason("x".repeat(201))).isEqualTo("x".repeat(200) + " …");
    assertThat(NodeWalk.reason("x".repeat(200))).isEqualTo("x".repeat(200));
  }
}
