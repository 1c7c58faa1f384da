package org.trefoil.server.chain.bitcoind;

import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.bitcoinj.core.Transaction;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Fees;
import org.trefoil.server.chain.Ancestry;
import org.trefoil.server.chain.BroadcastOutcome;
import org.trefoil.server.chain.ChainBlock;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainSource;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.CoinFinder;
import org.trefoil.server.chain.ParentsFirst;
import org.trefoil.server.chain.RawBlock;
import org.trefoil.server.chain.Tip;

/**
 * The chain as a bitcoind tells it over JSON-RPC, by asking again and again.
 *
 * <p>Before anything is believed the node must be of our network, by its name, its first block and,
 * on signet, its challenge, and have all blocks. Amounts are read as exact decimals.
 */
public final class BitcoindChain implements ChainSource {
  private static final int NOT_FOUND = -5;
  private static final int OUT_OF_RANGE = -8;
  private static final int ALREADY_IN_CHAIN = -27;
  private static final int MISC = -1;
  private static final int BATCH = 100;
  private static final int KNOWN_BLOCKS = 512;

  /** A node on a slow disk takes seconds for a block; nobody waits for this but the follower. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Network network;
  private final NodeCheck check;
  private final InstantSource clock;
  private final NodeRpc rpc;
  private final NodeFees fees;
  private final NodeCoins coins;
  private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
  private final ZmqNotices notices;
  private volatile boolean trusted;
  private final Map<String, Tip> headers =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Tip> eldest) {
              return size() > KNOWN_BLOCKS;
            }
          });

  /**
   * @param address of the node's RPC, {@code http://127.0.0.1:18443}
   * @param zmq where it publishes what is new; null to find out from the node
   */
  public BitcoindChain(
      Network network,
      URI address,
      NodeLogin login,
      @Nullable InetSocketAddress zmq,
      InstantSource clock) {
    this(network, address, login, zmq, clock, PATIENCE);
  }

  /**
   * As above.
   *
   * @param patience how long an answer may take, to its last byte
   */
  public BitcoindChain(
      Network network,
      URI address,
      NodeLogin login,
      @Nullable InetSocketAddress zmq,
      InstantSource clock,
      Duration patience) {
    this.network = network;
    this.check = new NodeCheck(network);
    this.clock = clock;
    this.rpc = new NodeRpc(address, login, patience);
    this.fees = new NodeFees(rpc, network);
    this.coins = new NodeCoins(address, login);
    this.notices = new ZmqNotices(() -> zmq != null ? zmq : published(address), listeners);
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public Tip tip() {
    Map<?, ?> info = checkedInfo();
    try {
      return header(text(info.get("bestblockhash")));
    } catch (NodeRpc.Refused e) {
      throw unexpected(e);
    }
  }

  @Override
  public @Nullable Tip at(int height) {
    trust();
    try {
      return header(text(rpc.call("getblockhash", height)));
    } catch (NodeRpc.Refused e) {
      if (e.code == OUT_OF_RANGE) {
        return null;
      }
      throw unexpected(e);
    }
  }

  @Override
  public @Nullable ChainBlock block(String hash) {
    trust();
    try {
      Tip place = header(hash);
      RawBlock block = read(rpc.callForBytes("getblock", hash, 0));
      if (!block.hash().equals(hash)) {
        throw NodeRpc.garbled("it sent another block");
      }
      Tip there = at(place.height());
      boolean onBestChain = there != null && there.hash().equals(hash);
      return onBestChain ? new ChainBlock(place, block) : null;
    } catch (NodeRpc.Refused e) {
      if (e.code == NOT_FOUND) {
        return null;
      }
      if (e.code == MISC && String.valueOf(e.getMessage()).contains("pruned")) {
        throw new ChainUnavailable(
            ChainHealth.State.PRUNED, "The node has thrown away block " + hash + ".", e);
      }
      throw unexpected(e);
    }
  }

  @Override
  public Set<String> mempool() {
    trust();
    try {
      if (!(rpc.call("getrawmempool") instanceof List<?> ids)) {
        throw NodeRpc.garbled("the mempool is no list");
      }
      Set<String> all = new LinkedHashSet<>();
      for (Object id : ids) {
        all.add(text(id));
      }
      return all;
    } catch (NodeRpc.Refused e) {
      throw unexpected(e);
    }
  }

  @Override
  public List<Transaction> mempoolTransactions(Collection<String> txids) {
    List<Transaction> found = new ArrayList<>();
    List<String> wanted = new ArrayList<>(txids);
    for (int i = 0; i < wanted.size(); i += BATCH) {
      List<String> batch = wanted.subList(i, Math.min(wanted.size(), i + BATCH));
      for (Object raw : rpc.callEach("getrawtransaction", batch)) {
        if (raw != null) { // null: it has left the mempool since
          found.add(Transaction.read(ByteBuffer.wrap(bytes(raw))));
        }
      }
    }
    return ParentsFirst.sort(found);
  }

  @Override
  public BroadcastOutcome broadcast(byte[] raw) {
    String txid;
    try {
      txid = Transaction.read(ByteBuffer.wrap(raw)).getTxId().toString();
    } catch (RuntimeException e) {
      return new BroadcastOutcome.Rejected("TX decode failed");
    }
    try {
      trust();
      List<NodeRpc.Answer> answers =
          rpc.callAll(
              List.of(
                  NodeRpc.request("getmempoolentry", txid),
                  NodeRpc.request("sendrawtransaction", Hex.of(raw))));
      boolean there = answers.get(0).refused() == null;
      NodeRpc.Refused e = there ? null : answers.get(1).refused();
      if (e == null) {
        return there
            ? new BroadcastOutcome.AlreadyKnown(txid)
            : new BroadcastOutcome.Accepted(txid);
      }
      String reason = String.valueOf(e.getMessage());
      boolean known =
          e.code == ALREADY_IN_CHAIN
              || reason.contains("txn-already-in-mempool")
              || reason.contains("txn-already-known");
      return known
          ? new BroadcastOutcome.AlreadyKnown(txid)
          : new BroadcastOutcome.Rejected(reason);
    } catch (ChainUnavailable e) {
      return new BroadcastOutcome.Unreachable(e.health().detail());
    }
  }

  @Override
  public @Nullable Ancestry ancestry(String txid) {
    trust();
    try {
      if (rpc.call("getmempoolentry", txid) instanceof Map<?, ?> entry
          && entry.get("ancestorsize") instanceof BigDecimal size
          && entry.get("fees") instanceof Map<?, ?> paid
          && paid.get("ancestor") instanceof BigDecimal fee) {
        return new Ancestry(fee.movePointRight(8).longValueExact(), size.longValueExact());
      }
      throw NodeRpc.garbled("there is no ancestry in it");
    } catch (NodeRpc.Refused e) {
      return null;
    }
  }

  @Override
  public Fees fees() {
    trust();
    return fees.now();
  }

  @Override
  public ChainHealth health() {
    try {
      Map<?, ?> info = checkedInfo();
      check.caughtUp(info);
      Tip tip = header(text(info.get("bestblockhash")));
      return ChainHealth.ofAge(tip, clock.instant(), ChainHealth.oldestTip(network));
    } catch (ChainUnavailable e) {
      return e.health();
    } catch (NodeRpc.Refused e) {
      return unexpected(e).health();
    }
  }

  /** Who finds coins of whomever with it. */
  public CoinFinder coins() {
    return coins;
  }

  /** Where the node says that it publishes, or null. */
  private @Nullable InetSocketAddress published(URI address) {
    try {
      if (rpc.call("getzmqnotifications") instanceof List<?> all) {
        for (Object each : all) {
          if (each instanceof Map<?, ?> notice && notice.get("address") instanceof String text) {
            URI uri = URI.create(text);
            boolean anywhere = List.of("0.0.0.0", "*", "[::]").contains(uri.getHost());
            String host = anywhere ? address.getHost() : uri.getHost();
            return InetSocketAddress.createUnresolved(host, uri.getPort());
          }
        }
      }
    } catch (NodeRpc.Refused | RuntimeException e) {
      return null; // it cannot publish, or is away: it is asked again later
    }
    return null;
  }

  @Override
  public Duration pollInterval() {
    if (notices.connected()) {
      return Duration.ofSeconds(5);
    }
    return network == Network.REGTEST ? Duration.ofMillis(250) : Duration.ofSeconds(2);
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
    if (listeners.size() == 1) {
      notices.start();
    }
  }

  /** Asks who the node is, until it was right once, and again each time the tip is asked for. */
  private void trust() {
    if (!trusted) {
      checkedInfo();
    }
  }

  private Map<?, ?> checkedInfo() {
    trusted = false;
    try {
      if (!(rpc.call("getblockchaininfo") instanceof Map<?, ?> info)) {
        throw NodeRpc.garbled("there is no chain in it");
      }
      check.ours(info, text(rpc.call("getblockhash", 0)));
      check.loaded(info);
      trusted = true;
      return info;
    } catch (NodeRpc.Refused e) {
      throw unexpected(e);
    }
  }

  private Tip header(String hash) throws NodeRpc.Refused {
    Tip known = headers.get(hash);
    if (known != null) {
      return known;
    }
    if (rpc.call("getblockheader", hash) instanceof Map<?, ?> header
        && header.get("height") instanceof BigDecimal height
        && header.get("time") instanceof BigDecimal time) {
      Tip tip = new Tip(height.intValueExact(), hash, time.longValueExact());
      headers.put(hash, tip);
      return tip;
    }
    throw NodeRpc.garbled("there is no header in it");
  }

  private static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw NodeRpc.garbled("a text is missing");
  }

  private static byte[] bytes(@Nullable Object value) {
    try {
      return Hex.parse(text(value));
    } catch (RuntimeException e) {
      throw NodeRpc.garbled("there is no hexadecimal in it");
    }
  }

  private static RawBlock read(byte[] bytes) {
    try {
      return RawBlock.read(bytes);
    } catch (IllegalArgumentException e) {
      throw NodeRpc.garbled("it sent no block: " + e.getMessage());
    }
  }

  private static ChainUnavailable unexpected(NodeRpc.Refused e) {
    return new ChainUnavailable(
        ChainHealth.State.GARBLED, "The node refused a plain question: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    trusted = false;
    notices.close();
  }
}
