package org.trefoil.server.chain.peers;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.BitcoinSerializer;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.FeeFilterMessage;
import org.bitcoinj.core.GetDataMessage;
import org.bitcoinj.core.GetHeadersMessage;
import org.bitcoinj.core.HeadersMessage;
import org.bitcoinj.core.InventoryItem;
import org.bitcoinj.core.InventoryMessage;
import org.bitcoinj.core.Message;
import org.bitcoinj.core.NetworkParameters;
import org.bitcoinj.core.Ping;
import org.bitcoinj.core.Services;
import org.bitcoinj.core.Transaction;
import org.bitcoinj.core.VersionAck;
import org.bitcoinj.core.VersionMessage;
import org.trefoil.core.units.Network;

/** A node on regtest that tells whatever a test wants, over a real connection on loopback. */
final class FakePeer implements AutoCloseable {
  private static final NetworkParameters REGTEST = NetworkParameters.of(Network.REGTEST.bitcoinj());

  final List<Block> chain = new CopyOnWriteArrayList<>();
  final Map<Sha256Hash, Block> sends = new ConcurrentHashMap<>();
  final List<Transaction> taken = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger blocksAsked = new AtomicInteger();
  final AtomicInteger headersAsked = new AtomicInteger();

  /** What was known to whoever asked for headers, and blocks that it was asked for. */
  final List<List<Sha256Hash>> located = new CopyOnWriteArrayList<>();

  final List<Sha256Hash> wanted = new CopyOnWriteArrayList<>();

  /** Transactions that it was asked for and had. */
  final AtomicInteger given = new AtomicInteger();

  volatile boolean silentAboutBlocks;

  volatile boolean silentAboutHeaders;

  /** The least it relays, satoshis per 1,000 virtual bytes; 0 to say nothing of it. */
  volatile long relays;

  /** Tells its headers again and again, until a message is full. */
  volatile boolean repeatsHeaders;

  /** Lets whoever calls wait for its greeting. */
  volatile boolean late;

  volatile int claimedHeight = -1;

  private final ServerSocket socket;
  private final BitcoinSerializer serializer = new BitcoinSerializer(REGTEST.network());
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  FakePeer(List<Block> chain) throws IOException {
    this.chain.addAll(chain);
    socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "fake-peer");
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
  }

  /** Tells everybody who is connected. */
  void announce(Transaction tx) {
    InventoryMessage inventory = InventoryMessage.ofTransactions(tx);
    taken.add(tx);
    open.forEach(each -> send(each, inventory));
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket accepted = socket.accept();
        connections.incrementAndGet();
        open.add(accepted);
        Thread thread = new Thread(() -> talk(accepted), "fake-peer-talk");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void talk(Socket with) {
    try (with) {
      DataInputStream in = new DataInputStream(with.getInputStream());
      VersionMessage version = new VersionMessage(REGTEST, height());
      version.localServices =
          Services.of(VersionMessage.NODE_NETWORK | VersionMessage.NODE_WITNESS);
      while (late) {
        Thread.sleep(10);
      }
      send(with, version);
      while (true) {
        byte[] head = new byte[24];
        in.readFully(head);
        int length = Integer.reverseBytes(ByteBuffer.wrap(head).getInt(16));
        byte[] whole = new byte[24 + length];
        System.arraycopy(head, 0, whole, 0, 24);
        in.readFully(whole, 24, length);
        answer(with, serializer.deserialize(ByteBuffer.wrap(whole)));
      }
    } catch (IOException | UncheckedIOException | InterruptedException e) {
      open.remove(with); // they hung up
    }
  }

  private int height() {
    return claimedHeight >= 0 ? claimedHeight : chain.size();
  }

  private void answer(Socket with, Message message) {
    if (message instanceof VersionMessage) {
      send(with, new VersionAck());
      if (relays > 0) {
        send(with, FeeFilterMessage.of(Coin.valueOf(relays)));
      }
    } else if (message instanceof Ping ping) {
      send(with, ping.pong());
    } else if (message instanceof GetHeadersMessage asked) {
      headersAsked.incrementAndGet();
      located.add(asked.getLocator().getHashes());
      if (!silentAboutHeaders) {
        send(with, new HeadersMessage(headers(asked.getLocator().getHashes())));
      }
    } else if (message instanceof Transaction tx) {
      taken.add(tx);
    } else if (message instanceof GetDataMessage wanted) {
      for (InventoryItem item : wanted.getItems()) {
        give(with, item);
      }
    }
  }

  private void give(Socket with, InventoryItem item) {
    if (item.type == InventoryItem.Type.WITNESS_BLOCK) {
      blocksAsked.incrementAndGet();
      wanted.add(item.hash);
      Block block =
          sends.containsKey(item.hash)
              ? sends.get(item.hash)
              : chain.stream().filter(b -> b.getHash().equals(item.hash)).findFirst().orElse(null);
      if (block != null && !silentAboutBlocks) {
        send(with, block);
      }
    } else {
      taken.stream()
          .filter(tx -> tx.getTxId().equals(item.hash))
          .findFirst()
          .ifPresent(
              tx -> {
                send(with, tx);
                given.incrementAndGet();
              });
    }
  }

  private List<Block> headers(List<Sha256Hash> known) {
    if (!repeatsHeaders) {
      return after(known);
    }
    List<Block> all = after(List.of());
    return IntStream.range(0, 2_000).mapToObj(i -> all.get(i % all.size())).toList();
  }

  private List<Block> after(List<Sha256Hash> known) {
    int from = 0;
    for (int i = 0; i < chain.size(); i++) {
      if (known.contains(chain.get(i).getHash())) {
        from = i + 1;
      }
    }
    List<Block> headers = new ArrayList<>();
    for (Block block : chain.subList(from, chain.size())) {
      headers.add(block.cloneAsHeader());
    }
    return headers;
  }

  private void send(Socket to, Message message) {
    try {
      OutputStream out = to.getOutputStream();
      synchronized (to) {
        serializer.serialize(message, out);
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket each : open) {
      each.close();
    }
  }
}
