package org.trefoil.custody.recover;

import org.trefoil.core.address.Address;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;

/**
 * What to ask an Esplora server: paths below its address, and its answers; nothing is asked here.
 */
public final class EsploraQuestions {
  private EsploraQuestions() {}

  /** The address's unspent coins; {@link CoinReport#ofAddress} reads the answer. */
  public static String utxoPath(Address address) {
    return "/address/" + address.text() + "/utxo";
  }

  /** What the address ever did; {@link #used} reads the answer. */
  public static String usedPath(Address address) {
    return "/address/" + address.text();
  }

  /** Whether the address was ever paid, in a block or not yet. Refusals as of JSON. */
  public static boolean used(String answer) {
    return CoinReport.json(answer)
        .pick(
            fields ->
                fields.value("chain_stats", EsploraQuestions::count)
                        + fields.value("mempool_stats", EsploraQuestions::count)
                    > 0);
  }

  private static long count(Json stats) {
    return stats.pick((Fields fields) -> fields.number("tx_count"));
  }

  /** A whole transaction in hexadecimal; {@link CoinReport#read} reads the answer. */
  public static String transactionPath(String txid) {
    return "/tx/" + txid + "/hex";
  }

  /** Where to post the hexadecimal text of a signed transaction. */
  public static String broadcastPath() {
    return "/tx";
  }
}
