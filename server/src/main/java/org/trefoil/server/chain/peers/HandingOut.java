package org.trefoil.server.chain.peers;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;
import org.trefoil.core.units.Network;
import org.trefoil.server.chain.BroadcastOutcome;

/**
 * Hands our transactions to some of the peers and waits for others to show them: the only sign of
 * delivery that the network gives.
 */
final class HandingOut {
  private final Network network;
  private final PeerPool pool;
  private final OverheardMempool mempool;
  private final Duration hearing;

  /**
   * @param hearing how long another peer may take to announce what we handed out
   */
  HandingOut(Network network, PeerPool pool, OverheardMempool mempool, Duration hearing) {
    this.network = network;
    this.pool = pool;
    this.mempool = mempool;
    this.hearing = hearing;
  }

  BroadcastOutcome broadcast(byte[] raw) {
    Transaction tx;
    try {
      tx = Transaction.read(ByteBuffer.wrap(raw));
      Transaction.verify(network.bitcoinj(), tx);
      if (tx.messageSize() != raw.length || tx.isCoinBase()) {
        return new BroadcastOutcome.Rejected("TX decode failed");
      }
    } catch (RuntimeException e) {
      return new BroadcastOutcome.Rejected("TX decode failed");
    }
    String txid = tx.getTxId().toString();
    mempool.own(tx);
    if (mempool.seenElsewhere(txid)) {
      return new BroadcastOutcome.AlreadyKnown(txid);
    }
    List<RemotePeer> all = List.copyOf(pool.ready());
    if (all.isEmpty()) {
      return new BroadcastOutcome.Unreachable("No peer is connected.");
    }
    handOut(tx, all);
    try {
      if (mempool.awaitSeen(txid, hearing)) {
        return new BroadcastOutcome.Accepted(txid);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new BroadcastOutcome.Unreachable("No other peer has announced it yet.");
  }

  /**
   * Sends it to half of the peers, the same ones again, and asks the others whether they have it. A
   * single peer is asked for it itself.
   */
  private void handOut(Transaction tx, List<RemotePeer> all) {
    Sha256Hash hash = tx.getTxId();
    Set<RemotePeer> had = mempool.hadFromUs(hash.toString());
    int half = (all.size() + 1) / 2;
    List<RemotePeer> to = new ArrayList<>(all.stream().filter(had::contains).toList());
    int more = Math.max(0, half - to.size()); // of fewer peers than there were, all may have it
    all.stream().filter(peer -> !had.contains(peer)).limit(more).forEach(to::add);
    for (RemotePeer peer : to) {
      if (all.size() > 1) {
        mempool.sentTo(hash.toString(), peer);
      }
      peer.sendTransaction(tx);
    }
    for (RemotePeer peer : all) {
      if (all.size() == 1 || !to.contains(peer)) {
        peer.askTransactions(List.of(hash));
      }
    }
  }
}
