package org.trefoil.server.chain.bitcoind;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Sats;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.CoinFinder;
import org.trefoil.server.chain.FoundOutput;

/** Finds coins of whomever by a node's {@code scantxoutset}, which reads all that is unspent. */
final class NodeCoins implements CoinFinder {
  private static final int BUSY = -8;
  private static final int MISC = -1;

  /** Reading all that is unspent takes a node on a slow disk a quarter of an hour. */
  private static final Duration WHOLE_SEARCH = Duration.ofMinutes(30);

  private static final Duration QUICK = Duration.ofSeconds(4);

  private final NodeRpc slow;
  private final NodeRpc quick;

  NodeCoins(URI address, NodeLogin login) {
    slow = new NodeRpc(address, login, WHOLE_SEARCH);
    quick = new NodeRpc(address, login, QUICK);
  }

  @Override
  public List<FoundOutput> find(Collection<byte[]> scripts) {
    List<String> wanted = new ArrayList<>();
    for (byte[] script : scripts) {
      wanted.add(NodeJson.quote("raw(" + Hex.of(script) + ")"));
    }
    try {
      NodeRpc.Verbatim list = new NodeRpc.Verbatim("[" + String.join(",", wanted) + "]");
      if (!(slow.call("scantxoutset", "start", list) instanceof Map<?, ?> answer)
          || !Boolean.TRUE.equals(answer.get("success"))
          || !(answer.get("unspents") instanceof List<?> unspents)) {
        throw NodeRpc.garbled("the search did not end");
      }
      List<FoundOutput> found = new ArrayList<>();
      for (Object each : unspents) {
        found.add(output(each));
      }
      return found;
    } catch (NodeRpc.Refused e) {
      if (e.code == BUSY) {
        throw new Busy();
      }
      throw unexpected(e);
    }
  }

  private static FoundOutput output(Object each) {
    if (each instanceof Map<?, ?> output
        && output.get("txid") instanceof String txid
        && output.get("vout") instanceof BigDecimal vout
        && output.get("amount") instanceof BigDecimal amount
        && output.get("height") instanceof BigDecimal height) {
      try {
        return new FoundOutput(
            new Outpoint(txid, vout.intValueExact()),
            new Sats(amount.movePointRight(8).longValueExact()),
            height.intValueExact(),
            Boolean.TRUE.equals(output.get("coinbase")));
      } catch (RuntimeException e) {
        throw NodeRpc.garbled("there is an output that cannot be");
      }
    }
    throw NodeRpc.garbled("there is an output without its parts");
  }

  @Override
  public int percent() {
    try {
      return quick.call("scantxoutset", "status") instanceof Map<?, ?> status
              && status.get("progress") instanceof BigDecimal progress
          ? Math.max(0, Math.min(99, progress.intValue()))
          : 0;
    } catch (NodeRpc.Refused | ChainUnavailable e) {
      return 0; // how far it is matters less than that it goes on
    }
  }

  @Override
  public Map<String, byte[]> makers(Collection<FoundOutput> outputs) {
    try {
      Map<Integer, String> blocks = new TreeMap<>();
      Map<String, byte[]> makers = new HashMap<>();
      for (FoundOutput output : outputs) {
        String txid = output.outpoint().txid();
        if (!makers.containsKey(txid)) {
          String block = blocks.get(output.height());
          if (block == null) {
            block = String.valueOf(quick.call("getblockhash", output.height()));
            blocks.put(output.height(), block);
          }
          makers.put(txid, quick.callForBytes("getrawtransaction", txid, false, block));
        }
      }
      return makers;
    } catch (NodeRpc.Refused e) {
      if (e.code == MISC && String.valueOf(e.getMessage()).contains("pruned")) {
        throw new ChainUnavailable(
            ChainHealth.State.PRUNED, "The node has thrown away a block with such coins.", e);
      }
      throw unexpected(e);
    }
  }

  @Override
  public Map<Outpoint, FoundOutput> unspent(Collection<Outpoint> outpoints) {
    List<Outpoint> asked = new ArrayList<>(outpoints);
    List<String> calls = new ArrayList<>();
    for (Outpoint outpoint : asked) {
      calls.add(NodeRpc.request("gettxout", outpoint.txid(), outpoint.vout(), false));
    }
    List<NodeRpc.Answer> answers = quick.callAll(calls);
    Map<Outpoint, FoundOutput> unspent = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      if (answers.get(i).result() instanceof Map<?, ?> output
          && output.get("value") instanceof BigDecimal value) {
        Sats worth = new Sats(value.movePointRight(8).longValueExact());
        boolean coinbase = Boolean.TRUE.equals(output.get("coinbase"));
        unspent.put(asked.get(i), new FoundOutput(asked.get(i), worth, 0, coinbase));
      }
    }
    return unspent;
  }

  private static ChainUnavailable unexpected(NodeRpc.Refused e) {
    return new ChainUnavailable(
        ChainHealth.State.GARBLED, "The node refused to look for coins: " + e.getMessage(), e);
  }
}
