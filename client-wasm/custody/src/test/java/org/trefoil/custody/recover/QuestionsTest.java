package org.trefoil.custody.recover;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.trefoil.core.address.Address;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;

class QuestionsTest {
  private final Cosigners wallet = new PaperWallet("asked", ScriptType.P2WSH).cosigners();

  @Test
  void bitcoinCoreIsAskedForBothBranchesToTheLastIndex() {
    String body = CoreQuestions.scanBody(wallet);
    assertThat(body)
        .startsWith("{\"jsonrpc\":\"1.0\",\"id\":\"trefoil\",\"method\":\"scantxoutset\"")
        .contains("\"range\":4999", "/0/*", "/1/*");
    String one = wallet.descriptor().split("#")[0].replace("<0;1>", "1");
    assertThat(CoreQuestions.scanCommand(wallet))
        .startsWith("bitcoin-cli -regtest -rpcclienttimeout=0 scantxoutset start '[{")
        .contains(one.replace("'", "'\\''") + "#" + Descriptors.checksum(one))
        .endsWith("}]'");
  }

  @Test
  void theOtherCommandsNameTheirTransaction() {
    assertThat(CoreQuestions.transactionBody("ab"))
        .contains("\"method\":\"getrawtransaction\",\"params\":[\"ab\"]");
    assertThat(CoreQuestions.broadcastBody("02")).contains("\"params\":[\"02\"]");
    assertThat(CoreQuestions.broadcastCommand(Network.MAINNET, "02"))
        .isEqualTo("bitcoin-cli -rpcclienttimeout=0 sendrawtransaction 02");
    assertThat(CoreQuestions.broadcastCommand(Network.SIGNET, "02"))
        .isEqualTo("bitcoin-cli -signet -rpcclienttimeout=0 sendrawtransaction 02");
    assertThat(CoreQuestions.broadcastCommand(Network.TESTNET, "02")).contains("-testnet");
  }

  @Test
  void aScanThatRunsCanBeAskedAfterAndEnded() {
    String method = "\"method\":\"scantxoutset\",\"params\":[\"%s\"]";
    assertThat(CoreQuestions.scanStatusBody()).contains(method.formatted("status"));
    assertThat(CoreQuestions.scanAbortBody()).contains(method.formatted("abort"));
  }

  @Test
  void anEsploraServerIsAskedByAddress() {
    Address address = Address.parse(wallet.address(0, 0), Network.REGTEST);
    assertThat(EsploraQuestions.utxoPath(address))
        .isEqualTo("/address/" + address.text() + "/utxo");
    assertThat(EsploraQuestions.usedPath(address)).isEqualTo("/address/" + address.text());
    assertThat(EsploraQuestions.transactionPath("ab")).isEqualTo("/tx/ab/hex");
    assertThat(EsploraQuestions.broadcastPath()).isEqualTo("/tx");
    String stats =
        "{\"address\":\"x\",\"chain_stats\":{\"tx_count\":%d,\"a\":1},"
            + "\"mempool_stats\":{\"tx_count\":%d}}";
    assertThat(EsploraQuestions.used(stats.formatted(0, 0))).isFalse();
    assertThat(EsploraQuestions.used(stats.formatted(1, 0))).isTrue();
    assertThat(EsploraQuestions.used(stats.formatted(0, 1))).isTrue();
    CoinReport report =
        CoinReport.ofAddress(
            "[{\"txid\":\"%s\",\"vout\":0,\"value\":5}]".formatted("ab".repeat(32)), address);
    assertThat(report.count()).isEqualTo(1);
    assertThat(report.kind()).isEqualTo(CoinReport.Kind.ADDRESS_UTXO);
  }
}
