package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.DescriptorChecksum;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Json;

/**
 * What to ask a Bitcoin Core, as commands to paste and as bodies of JSON-RPC; nothing is asked
 * here. Each branch is a descriptor of its own, as nodes before version 29 want it.
 */
public final class CoreQuestions {
  private static final String BOTH = "/<0;1>/*";

  private CoreQuestions() {}

  /** The command that looks for the wallet's coins through all there are; it takes minutes. */
  public static String scanCommand(Cosigners cosigners) {
    return cli(cosigners.network()) + " scantxoutset start " + quoted(scanned(cosigners).write());
  }

  public static String scanBody(Cosigners cosigners) {
    return body("scantxoutset", List.of(Json.text("start"), scanned(cosigners)));
  }

  /** Asks how far the scan is that runs. */
  public static String scanStatusBody() {
    return body("scantxoutset", List.of(Json.text("status")));
  }

  /** Ends the scan that runs. */
  public static String scanAbortBody() {
    return body("scantxoutset", List.of(Json.text("abort")));
  }

  /** Asks for a whole transaction that is in the mempool, or in a node with an index. */
  public static String transactionBody(String txid) {
    return body("getrawtransaction", List.of(Json.text(txid)));
  }

  /** Asks for the hash of the block at this height. */
  public static String blockHashBody(int height) {
    return body("getblockhash", List.of(Json.number(height)));
  }

  /** Asks for a whole transaction out of a block, which any node can that still has the block. */
  public static String transactionBody(String txid, String blockHash) {
    List<Json> parameters = List.of(Json.text(txid), Json.bool(false), Json.text(blockHash));
    return body("getrawtransaction", parameters);
  }

  /** The command that sends a signed transaction. */
  public static String broadcastCommand(Network network, String hex) {
    return cli(network) + " sendrawtransaction " + hex;
  }

  public static String broadcastBody(String hex) {
    return body("sendrawtransaction", List.of(Json.text(hex)));
  }

  private static Json scanned(Cosigners cosigners) {
    List<Json> branches = new ArrayList<>();
    String text = cosigners.descriptor();
    String body = text.substring(0, text.indexOf('#'));
    for (int branch = Cosigners.RECEIVE; branch <= Cosigners.CHANGE; branch++) {
      String one = body.replace(BOTH, "/" + branch + "/*");
      branches.add(
          Json.object()
              .put("desc", one + "#" + DescriptorChecksum.of(one))
              .put("range", (long) Cosigners.MOST_INDEX)
              .json());
    }
    return Json.array(branches, each -> each);
  }

  private static String body(String method, List<Json> parameters) {
    return Json.object()
        .put("jsonrpc", "1.0")
        .put("id", "trefoil")
        .put("method", method)
        .put("params", Json.array(parameters, each -> each))
        .json()
        .write();
  }

  private static String cli(Network network) {
    return switch (network) {
      case MAINNET -> "bitcoin-cli -rpcclienttimeout=0";
      case TESTNET -> "bitcoin-cli -testnet -rpcclienttimeout=0";
      case SIGNET -> "bitcoin-cli -signet -rpcclienttimeout=0";
      case REGTEST -> "bitcoin-cli -regtest -rpcclienttimeout=0";
    };
  }

  /** In single quotes for a shell; the one character they cannot hold is the hardened mark. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
