package org.trefoil.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bitcoinj.core.Transaction;
import org.trefoil.e2e.harness.Bitcoind;
import org.trefoil.e2e.harness.RunningServer;
import org.trefoil.e2e.harness.Tool;
import org.trefoil.e2e.person.Person;

/** Trefoil on a real bitcoind, on a regtest chain of its own. */
final class BitcoindWorld implements World {
  private final Bitcoind node = Bitcoind.start();
  private final RunningServer server;

  BitcoindWorld() {
    this(List.of());
  }

  /** With more flags for the server. */
  BitcoindWorld(List<String> more) {
    List<String> all = new ArrayList<>(flags(node));
    all.addAll(more);
    server = RunningServer.start(all.toArray(String[]::new));
  }

  /** The flags of a server on {@code node}. */
  static List<String> flags(Bitcoind node) {
    return List.of(
        "--network",
        "regtest",
        "--chain",
        "bitcoind",
        "--rpc",
        node.rpc(),
        "--rpc-cookie",
        node.cookie().toString());
  }

  Bitcoind node() {
    return node;
  }

  @Override
  public RunningServer server() {
    return server;
  }

  @Override
  public void pays(Person person, String address, String amountBtc) {
    node.cli("-rpcwallet=miner", "sendtoaddress", address, amountBtc);
  }

  @Override
  public void mines(Person person) {
    node.mine(1);
  }

  @Override
  public String foreignAddress() {
    return node.cli("-rpcwallet=miner", "getnewaddress");
  }

  @Override
  public void judgesWaiting(String txid) {
    String raw = node.cli("getrawtransaction", txid);
    assertThat(node.cli("testmempoolaccept", "[\"" + raw + "\"]"))
        .containsAnyOf("txn-already-in-mempool", "txn-already-known", "\"allowed\": true");
    Transaction tampered = Transaction.read(ByteBuffer.wrap(HexFormat.of().parseHex(raw)));
    tampered.setLockTime(1);
    String copy = HexFormat.of().formatHex(tampered.serialize());
    Tool.Result refused =
        node.call(
            "generateblock", node.cli("-rpcwallet=miner", "getnewaddress"), "[\"" + copy + "\"]");
    assertThat(refused.exit()).as("a block with the tampered copy").isNotZero();
    assertThat(refused.err()).containsAnyOf("script-verify", "script verify");
  }

  @Override
  public void judgesMined(String txid, String address, String amountBtc) {
    assertThat(node.cli("-rpcwallet=miner", "getreceivedbyaddress", address, "1"))
        .isEqualTo(amountBtc);
  }

  @Override
  public void close() {
    server.close();
    node.close();
  }
}
