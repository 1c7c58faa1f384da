package org.trefoil.server.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Network;

/** Reads who tells the chain: this process, a bitcoind, or peers. */
final class ChainKeys {
  private static final List<Key> OF_NODE =
      List.of(Key.RPC, Key.RPC_COOKIE, Key.RPC_USER, Key.RPC_PASSWORD_FILE, Key.ZMQ);

  private final Map<Key, String> chosen;
  private final String networkName;
  private final Network network;

  ChainKeys(Map<Key, String> chosen, String networkName, Network network) {
    this.chosen = chosen;
    this.networkName = networkName;
    this.network = network;
  }

  Config.Chain read() {
    String named = chosen.get(Key.CHAIN);
    String chain = named == null ? usual() : named;
    boolean practiceNetwork = networkName.equals("practice");
    if (practiceNetwork && !chain.equals("practice")) {
      throw new ConfigRefused(
          "The practice network has its chain in this process; for a node use --network regtest"
              + " --chain bitcoind.");
    }
    return switch (chain) {
      case "practice" -> {
        if (network != Network.REGTEST) {
          throw new ConfigRefused("The practice chain exists on the practice network alone.");
        }
        refuse(OF_NODE, "The practice chain has no node: leave ");
        refuse(List.of(Key.PEERS), "The practice chain has no peers: leave ");
        yield new Config.Practice();
      }
      case "bitcoind" -> {
        refuse(List.of(Key.PEERS), "bitcoind finds its own peers: leave ");
        yield node();
      }
      case "p2p" -> {
        refuse(OF_NODE, "Peer-to-peer needs no node (--chain bitcoind asks one): leave ");
        yield peers();
      }
      default -> throw ConfigReader.wrong(Key.CHAIN, chain, "practice, p2p or bitcoind");
    };
  }

  private String usual() {
    if (networkName.equals("practice")) {
      return "practice";
    }
    if (network == Network.REGTEST) {
      throw new ConfigRefused(
          "The network regtest needs --chain bitcoind and --rpc URL, or --chain p2p and --peers"
              + " HOST:PORT.");
    }
    return "p2p";
  }

  private void refuse(List<Key> keys, String why) {
    for (Key key : keys) {
      if (chosen.containsKey(key)) {
        throw new ConfigRefused(why + key.flag() + " out.");
      }
    }
  }

  private Config.Node node() {
    String port =
        switch (network) {
          case MAINNET -> "8332";
          case TESTNET -> "18332";
          case SIGNET -> "38332";
          case REGTEST -> "18443";
        };
    String text = chosen.getOrDefault(Key.RPC, "http://127.0.0.1:" + port + "/");
    URI address = ConfigReader.uri(Key.RPC, text);
    String cookie = chosen.get(Key.RPC_COOKIE);
    String user = chosen.get(Key.RPC_USER);
    String passwordFile = chosen.get(Key.RPC_PASSWORD_FILE);
    boolean byPassword = user != null && passwordFile != null;
    if ((user == null) != (passwordFile == null) || byPassword == (cookie != null)) {
      throw new ConfigRefused(
          "bitcoind wants either --rpc-cookie FILE, or --rpc-user NAME and --rpc-password-file"
              + " FILE.");
    }
    return new Config.Node(address, path(cookie), user, path(passwordFile), zmq());
  }

  private @Nullable InetSocketAddress zmq() {
    String text = chosen.get(Key.ZMQ);
    if (text == null) {
      return null;
    }
    InetSocketAddress address =
        text.startsWith("tcp://") ? address(text.substring("tcp://".length()), 0) : null;
    if (address == null || address.getPort() == 0) {
      throw ConfigReader.wrong(Key.ZMQ, text, "where bitcoind publishes, tcp://127.0.0.1:28332");
    }
    return address;
  }

  private Config.Peers peers() {
    int usual =
        switch (network) {
          case MAINNET -> 8333;
          case TESTNET -> 18333;
          case SIGNET -> 38333;
          case REGTEST -> 18444;
        };
    String text = chosen.getOrDefault(Key.PEERS, "");
    if (text.isBlank() && network == Network.REGTEST) {
      throw new ConfigRefused("On regtest nobody finds peers: name them by --peers HOST:PORT.");
    }
    List<InetSocketAddress> peers = new ArrayList<>();
    for (String each : text.isBlank() ? new String[0] : text.split(",", -1)) {
      InetSocketAddress peer = address(each.strip(), usual);
      if (peer == null) {
        throw ConfigReader.wrong(Key.PEERS, text, "addresses, node.example:8333,[2001:db8::1]");
      }
      peers.add(peer);
    }
    return new Config.Peers(List.copyOf(peers));
  }

  /** Null when it is none. The name is looked up when it is used. */
  private static @Nullable InetSocketAddress address(String text, int usualPort) {
    try {
      URI uri = URI.create("tcp://" + text);
      boolean bare = uri.getRawPath().isEmpty() && uri.getUserInfo() == null;
      if (uri.getHost() == null || !bare || uri.getRawQuery() != null || uri.getPort() > 65_535) {
        return null;
      }
      int port = uri.getPort() < 0 ? usualPort : uri.getPort();
      String host = uri.getHost().replaceAll("[\\[\\]]", "");
      return InetSocketAddress.createUnresolved(host, port);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }
}
