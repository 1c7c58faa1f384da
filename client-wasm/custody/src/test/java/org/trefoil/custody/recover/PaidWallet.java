package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.TxOutput;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.psbt.UnsignedTx;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;

/** A wallet and payments to it, as the chain would have them, from a fixed seed. */
final class PaidWallet {
  /** One output of a transaction that pays a stranger and then us. */
  record Paid(Outpoint outpoint, Sats amount, byte[] script, String address) {
    String btc() {
      return amount.btc();
    }
  }

  final PaperWallet paper;
  final Map<Outpoint, Paid> paid = new LinkedHashMap<>();
  final Map<String, byte[]> transactions = new LinkedHashMap<>();

  private final Random random;

  PaidWallet(String name, ScriptType type) {
    this(name, type, 2, 3);
  }

  PaidWallet(String name, ScriptType type, int threshold, int keys) {
    paper = new PaperWallet(name, type, threshold, keys);
    random = new Random(name.hashCode());
  }

  Cosigners cosigners() {
    return paper.cosigners();
  }

  Paid pay(int branch, int index, long sats) {
    return pay(cosigners().scriptPubKey(branch, index), cosigners().address(branch, index), sats);
  }

  Paid pay(byte[] script, String address, long sats) {
    byte[] id = new byte[32];
    random.nextBytes(id);
    byte[] stranger = new byte[22];
    random.nextBytes(stranger);
    stranger[0] = 0;
    stranger[1] = 20;
    UnsignedTx tx =
        UnsignedTx.of(
            List.of(new Outpoint(Hex.of(id), 1)),
            -1,
            List.of(new TxOutput(new Sats(777), stranger), new TxOutput(new Sats(sats), script)),
            0);
    Paid each = new Paid(new Outpoint(tx.txid(), 1), new Sats(sats), script.clone(), address);
    paid.put(each.outpoint(), each);
    transactions.put(tx.txid(), tx.bytes());
    return each;
  }

  /** As Bitcoin Core prints it: amounts as numbers, a lot that nobody needs. */
  String scanTxOutSet() {
    List<String> items = new ArrayList<>();
    for (Paid each : paid.values()) {
      items.add(
          "{\"txid\": \"%s\", \"vout\": %d, \"scriptPubKey\": \"%s\", \"desc\": \"raw()#x\","
                  .formatted(each.outpoint().txid(), each.outpoint().vout(), Hex.of(each.script()))
              + " \"amount\": %s, \"coinbase\": false, \"height\": 105, \"blockhash\": \"00\"}"
                  .formatted(each.btc()));
    }
    return "{\n \"success\": true, \"txouts\": 117, \"height\": 120, \"bestblock\": \"6a\","
        + " \"unspents\": ["
        + String.join(",\n", items)
        + "], \"total_amount\": 1.5 }";
  }

  String listUnspent() {
    List<String> items = new ArrayList<>();
    for (Paid each : paid.values()) {
      items.add(
          ("{\"txid\":\"%s\",\"vout\":%d,\"address\":\"%s\",\"label\":\"\",\"scriptPubKey\":\"%s\","
                  + "\"amount\":%s,\"confirmations\":%d,\"spendable\":true,\"safe\":true,"
                  + "\"parent_descs\":[\"wsh()\"]}")
              .formatted(
                  each.outpoint().txid(),
                  each.outpoint().vout(),
                  each.address(),
                  Hex.of(each.script()),
                  each.btc(),
                  items.size()));
    }
    return "[" + String.join(",", items) + "]";
  }

  String esplora() {
    StringBuilder text = new StringBuilder();
    int n = 0;
    for (Paid each : paid.values()) {
      text.append(n % 2 == 0 ? "" : "https://node.example/api/address/");
      text.append(each.address()).append(n % 2 == 0 ? ":" : "/utxo").append('\n');
      text.append(
          ("[{\"txid\":\"%s\",\"vout\":%d,\"status\":{\"confirmed\":%s,\"block_height\":7},"
                  + "\"value\":%d}]\n\n")
              .formatted(
                  each.outpoint().txid(),
                  each.outpoint().vout(),
                  n % 2 == 0,
                  each.amount().value()));
      n++;
    }
    return text + cosigners().address(0, 77) + "\n[ ]\n";
  }

  String hex() {
    StringBuilder text = new StringBuilder();
    transactions.values().forEach(tx -> text.append(Hex.of(tx)).append('\n'));
    return text.toString();
  }

  FoundCoins found(String... texts) {
    List<CoinReport> reports = new ArrayList<>();
    for (String text : texts) {
      reports.add(CoinReport.read(text));
    }
    try (CoinSearch search = CoinSearch.begin(new OwnPlaces(cosigners()), reports)) {
      return search.run();
    }
  }
}
