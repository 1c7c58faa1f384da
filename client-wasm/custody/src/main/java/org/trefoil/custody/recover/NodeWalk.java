package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;

/**
 * What to ask a Bitcoin Core about a wallet, one question after the other: a scan of all coins
 * there are, and for a wallet without witnesses the transactions that made its coins, out of their
 * blocks. The asking is the caller's.
 */
public final class NodeWalk {
  private final Cosigners cosigners;
  private final List<String> reports = new ArrayList<>();

  /** Transactions that are still to be asked for, with their heights. */
  private final Map<String, Integer> wanted = new LinkedHashMap<>();

  private @Nullable String block;

  public NodeWalk(Cosigners cosigners) {
    this.cosigners = cosigners;
  }

  /** The next question, as the body of a JSON-RPC request; null when nothing is left to ask. */
  public @Nullable String body() {
    if (reports.isEmpty()) {
      return CoreQuestions.scanBody(cosigners);
    }
    for (Map.Entry<String, Integer> next : wanted.entrySet()) {
      String hash = block;
      return hash == null
          ? CoreQuestions.blockHashBody(next.getValue())
          : CoreQuestions.transactionBody(next.getKey(), hash);
    }
    return null;
  }

  /**
   * Takes the answer to {@link #body}. Refuses what {@link CoinReport#read} refuses; then the
   * question stays the next one.
   */
  public void answered(String text) {
    if (reports.isEmpty()) {
      CoinReport.read(text);
      if (cosigners.scriptType() == ScriptType.P2SH) {
        result(text).pick(this::wantMakers);
      }
      reports.add(text);
    } else if (block == null) {
      block = result(text).text();
    } else {
      String txid = wanted.keySet().iterator().next();
      String hex = result(text).text();
      if (!CoinReport.read(hex).transactions().containsKey(txid)) {
        throw CoinReport.malformed("transaction");
      }
      reports.add(hex);
      wanted.remove(txid);
      block = null;
    }
  }

  private int wantMakers(Fields scan) {
    for (Json coin : scan.list("unspents", each -> each)) {
      coin.pick(fields -> wanted.put(fields.text("txid"), fields.count("height")));
    }
    return wanted.size();
  }

  /** What was learnt, as texts that {@link CoinReport#read} takes. */
  public List<String> reports() {
    return List.copyOf(reports);
  }

  /** How far a node says that its scan is, in percent; 0 where it says nothing of the kind. */
  public static int percent(String answer) {
    try {
      return result(answer).pick(fields -> fields.count("progress"));
    } catch (RefusedException e) {
      return 0;
    }
  }

  /** What a node says went wrong; the beginning of its answer where that is not of its kind. */
  public static String reason(String answer) {
    try {
      return CoinReport.json(answer)
          .pick(fields -> fields.value("error", e -> e.pick(f -> f.text("message"))));
    } catch (RefusedException e) {
      return answer.length() > 200 ? answer.substring(0, 200) + " …" : answer;
    }
  }

  private static Json result(String answer) {
    return CoinReport.json(answer).pick(fields -> fields.value("result", json -> json));
  }
}
