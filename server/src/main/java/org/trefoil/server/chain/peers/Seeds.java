package org.trefoil.server.chain.peers;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.bitcoinj.core.NetworkParameters;
import org.bitcoinj.core.VersionMessage;
import org.bitcoinj.net.discovery.DnsDiscovery;
import org.bitcoinj.net.discovery.PeerDiscoveryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trefoil.core.units.Network;

/** Where to find peers: those that the operator named, or those that the DNS seeds know. */
interface Seeds {
  Logger LOG = LoggerFactory.getLogger(Seeds.class);

  /** Addresses to try; may take seconds, never throws. */
  List<InetSocketAddress> find();

  static Seeds named(List<InetSocketAddress> peers) {
    return () ->
        peers.stream()
            .map(peer -> new InetSocketAddress(peer.getHostString(), peer.getPort()))
            .toList(); // looked up again each time
  }

  static Seeds dns(Network network) {
    return () -> {
      DnsDiscovery discovery = new DnsDiscovery(NetworkParameters.of(network.bitcoinj()));
      try {
        return discovery.getPeers(
            VersionMessage.NODE_NETWORK | VersionMessage.NODE_WITNESS, Duration.ofSeconds(10));
      } catch (PeerDiscoveryException e) {
        LOG.warn("The DNS seeds do not answer: {}", e.getMessage());
        return List.of();
      } finally {
        discovery.shutdown();
      }
    };
  }
}
