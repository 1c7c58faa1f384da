package org.trefoil.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.io.SelectorManager;

/**
 * One address holds so many connections and no more: one too many is closed as it comes. So whoever
 * opens thousands and says nothing leaves room for others. A proxy of ours speaks for many, and has
 * no limit.
 */
final class ConnectionsPerAddress implements SelectorManager.AcceptListener {
  private final int most;
  private final TrustedProxies proxies;
  private final Map<String, Set<SelectableChannel>> held = new HashMap<>();
  private int kept;
  private int sweepAt;

  ConnectionsPerAddress(int most, TrustedProxies proxies) {
    this.most = most;
    this.proxies = proxies;
    this.sweepAt = 4 * most;
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    String address = address(channel);
    if (address.isEmpty() || proxies.trusts(address)) {
      return;
    }
    if (!take(RateLimits.address(address), channel)) {
      close(channel);
    }
  }

  /** Keeps it, unless its network holds the most that it may already. */
  private synchronized boolean take(String network, SelectableChannel channel) {
    Set<SelectableChannel> own = held.computeIfAbsent(network, none -> new HashSet<>());
    if (own.size() >= most) {
      kept -= forgetClosed(own);
    }
    if (own.size() >= most) {
      return false;
    }
    own.add(channel);
    kept++;
    if (kept > sweepAt) {
      held.values().forEach(each -> kept -= forgetClosed(each));
      held.values().removeIf(Set::isEmpty);
      sweepAt = Math.max(4 * most, 2 * kept);
    }
    return true;
  }

  private static int forgetClosed(Set<SelectableChannel> channels) {
    int before = channels.size();
    channels.removeIf(channel -> !channel.isOpen());
    return before - channels.size();
  }

  /** The other side's address; empty when it is gone already. */
  private static String address(SelectableChannel channel) {
    try {
      SocketAddress other = ((SocketChannel) channel).getRemoteAddress();
      InetAddress address = other instanceof InetSocketAddress socket ? socket.getAddress() : null;
      return address == null ? "" : address.getHostAddress().replaceFirst("%.*", "");
    } catch (IOException e) {
      return "";
    }
  }

  private static void close(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
