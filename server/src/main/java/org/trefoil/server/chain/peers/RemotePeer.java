package org.trefoil.server.chain.peers;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.BlockLocator;
import org.bitcoinj.core.GetDataMessage;
import org.bitcoinj.core.GetHeadersMessage;
import org.bitcoinj.core.HeadersMessage;
import org.bitcoinj.core.InventoryItem;
import org.bitcoinj.core.InventoryMessage;
import org.bitcoinj.core.Message;
import org.bitcoinj.core.NetworkParameters;
import org.bitcoinj.core.NotFoundMessage;
import org.bitcoinj.core.Peer;
import org.bitcoinj.core.PeerAddress;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.VersionMessage;
import org.bitcoinj.utils.Threading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a node. bitcoinj does the handshake, the framing and the pings; everything
 * about blocks and transactions is taken from it before it sees it.
 */
final class RemotePeer {
  private static final Logger LOG = LoggerFactory.getLogger(RemotePeer.class);
  private static final long NEEDED = VersionMessage.NODE_WITNESS;
  private static final long BLOCKS =
      VersionMessage.NODE_NETWORK | VersionMessage.NODE_NETWORK_LIMITED;

  /** Hears what a peer says, on bitcoinj's network thread: must be quick. */
  interface Listener {
    void ready(RemotePeer peer);

    void gone(RemotePeer peer);

    void headers(RemotePeer peer, List<Block> headers);

    void announced(RemotePeer peer, List<InventoryItem> items);

    void block(RemotePeer peer, Block block);

    void transaction(RemotePeer peer, Transaction tx);

    void notFound(RemotePeer peer, List<InventoryItem> items);
  }

  private final InetSocketAddress address;
  private final Peer peer;
  private final long openedAt;

  /** Of the best block it told us of. */
  private volatile int height;

  /** When it was asked for headers that it has not sent yet; 0 when it was not. */
  private volatile long askedHeadersAt;

  private volatile boolean synced;
  private volatile boolean closed;

  RemotePeer(
      NetworkParameters params, InetSocketAddress address, int ourHeight, long now, Listener to) {
    this.address = address;
    this.openedAt = now;
    VersionMessage version = new VersionMessage(params, ourHeight);
    version.appendToSubVer("trefoil", "1", null);
    version.relayTxesBeforeFilter = true;
    version.receivingAddr = address;
    this.peer = new Peer(params, version, PeerAddress.simple(address), null, 0, 0);
    peer.addConnectedEventListener(
        Threading.SAME_THREAD,
        (connected, count) -> {
          height = (int) Math.min(Integer.MAX_VALUE, connected.getBestHeight());
          to.ready(this);
        });
    peer.addDisconnectedEventListener(Threading.SAME_THREAD, (left, count) -> to.gone(this));
    peer.addPreMessageReceivedEventListener(
        Threading.SAME_THREAD, (from, message) -> hear(message, to));
  }

  private @Nullable Message hear(Message message, Listener to) {
    try {
      if (message instanceof HeadersMessage headers) {
        askedHeadersAt = 0;
        to.headers(this, headers.getBlockHeaders());
      } else if (message instanceof NotFoundMessage missing) { // is an inventory as well
        to.notFound(this, missing.getItems());
      } else if (message instanceof InventoryMessage inventory) {
        to.announced(this, inventory.getItems());
      } else if (message instanceof Block block) {
        to.block(this, block);
      } else if (message instanceof Transaction tx) {
        to.transaction(this, tx);
      } else if (!(message instanceof GetDataMessage)) {
        return message;
      }
    } catch (RuntimeException e) {
      LOG.warn("What {} said could not be handled: {}", this, e.toString());
      close();
    }
    return null;
  }

  /** For whoever opens the connection. */
  Peer peer() {
    return peer;
  }

  InetSocketAddress address() {
    return address;
  }

  long openedAt() {
    return openedAt;
  }

  int height() {
    return height;
  }

  void knows(int newHeight) {
    height = Math.max(height, newHeight);
  }

  boolean synced() {
    return synced;
  }

  void setSynced() {
    synced = true;
  }

  /** Its headers are needed again from further back. */
  void setBehind() {
    synced = false;
  }

  long askedHeadersAt() {
    return askedHeadersAt;
  }

  /** Whether it has witnesses and blocks at all; how many is found by asking. */
  boolean useful() {
    VersionMessage version = peer.getPeerVersionMessage();
    return version != null && version.services().has(NEEDED) && version.services().anyOf(BLOCKS);
  }

  /** The least it relays, satoshis per 1,000 virtual bytes. */
  Optional<Coin> relays() {
    return Optional.ofNullable(peer.getFeeFilter());
  }

  void askHeaders(List<Sha256Hash> locator, long now) {
    askedHeadersAt = now;
    int version = (int) peer.getVersionMessage().clientVersion();
    send(new GetHeadersMessage(version, new BlockLocator(locator), Sha256Hash.ZERO_HASH));
  }

  void askBlock(Sha256Hash hash) {
    send(GetDataMessage.ofBlock(hash, true));
  }

  void askTransactions(List<Sha256Hash> txids) {
    GetDataMessage wanted = new GetDataMessage();
    txids.forEach(txid -> wanted.addTransaction(txid, true));
    send(wanted);
  }

  void sendTransaction(Transaction tx) {
    send(tx);
  }

  private void send(Message message) {
    try {
      peer.sendMessage(message);
    } catch (RuntimeException e) { // not connected any more
      close();
    }
  }

  boolean closed() {
    return closed;
  }

  void close() {
    closed = true;
    peer.close();
  }

  @Override
  public String toString() {
    return address.getHostString() + ":" + address.getPort();
  }
}
