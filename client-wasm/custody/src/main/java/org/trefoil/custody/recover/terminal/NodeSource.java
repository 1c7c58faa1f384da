package org.trefoil.custody.recover.terminal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;
import org.trefoil.custody.recover.CoinReport;
import org.trefoil.custody.recover.CoreQuestions;

/**
 * A Bitcoin Core of one's own: one scan of all coins there are, and for wallets that need them the
 * transactions out of their blocks.
 */
record NodeSource(Line line) implements CoinSource {
  /** What a scan says of one coin. */
  private record Scanned(String txid, int height) {}

  @Override
  public String name() {
    return line.name();
  }

  @Override
  public List<CoinReport> coins(Cosigners cosigners) throws IOException {
    String scan = answer(CoreQuestions.scanBody(cosigners));
    List<CoinReport> reports = new ArrayList<>();
    reports.add(CoinReport.read(scan));
    if (cosigners.scriptType() == ScriptType.P2SH) {
      Map<String, Integer> made = made(scan);
      for (Map.Entry<String, Integer> each : made.entrySet()) {
        String block = text(answer(CoreQuestions.blockHashBody(each.getValue())));
        reports.add(
            CoinReport.read(text(answer(CoreQuestions.transactionBody(each.getKey(), block)))));
      }
    }
    return reports;
  }

  /** The transactions that made the coins, with their heights. */
  private static Map<String, Integer> made(String scan) {
    Map<String, Integer> made = new LinkedHashMap<>();
    for (Scanned coin : result(scan).pick(NodeSource::unspents)) {
      made.put(coin.txid(), coin.height());
    }
    return made;
  }

  private static List<Scanned> unspents(Fields scan) {
    return scan.list(
        "unspents",
        coin -> coin.pick(fields -> new Scanned(fields.text("txid"), fields.count("height"))));
  }

  private static String text(String answer) {
    return result(answer).text();
  }

  private static Json result(String answer) {
    Json whole = Json.parseForeign(answer, CoinReport.MOST_CHARACTERS);
    return whole.pick(fields -> fields.value("result", json -> json));
  }

  @Override
  public void send(String hex) throws IOException {
    answer(CoreQuestions.broadcastBody(hex));
  }

  private String answer(String body) throws IOException {
    Line.Reply reply = line.ask("/", body);
    if (!reply.isGood()) {
      throw CoinSource.refused(reply);
    }
    return reply.text();
  }
}
