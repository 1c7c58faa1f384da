package org.trefoil.server.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.RefusedException;
import org.trefoil.core.policy.IpRange;

/**
 * Those whose word about visitors is taken, and what their word means.
 *
 * <p>Each proxy adds whom it saw to the end of {@code X-Forwarded-For}. So the list is read from
 * its end, and the first address that is no trusted proxy is the visitor; what stands before it is
 * whatever that visitor wrote. {@code Forwarded} (RFC 7239) is not read: a proxy that writes the
 * one header passes the other on as the visitor sent it.
 */
final class TrustedProxies {
  /** A visitor of whom nothing is known: no rule and no range has this address. */
  static final String UNKNOWN = "unknown";

  private final List<IpRange> ranges;

  TrustedProxies(List<IpRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /** Whether the connection is that of a trusted proxy. */
  boolean trusts(String peer) {
    String address = address(peer);
    return address != null && within(address);
  }

  private boolean within(String address) {
    return ranges.stream().anyMatch(range -> range.has(address));
  }

  /**
   * The address of a visitor.
   *
   * @param peer who holds the connection
   * @param forwarded every {@code X-Forwarded-For} of the request, in order
   * @return an address as Java writes it, or {@link #UNKNOWN} where a trusted proxy named none
   */
  String visitor(String peer, List<String> forwarded) {
    String at = address(peer);
    if (at == null) {
      return UNKNOWN;
    }
    List<String> hops = new ArrayList<>();
    forwarded.forEach(each -> hops.addAll(List.of(each.split(",", -1))));
    for (int i = hops.size() - 1; i >= 0 && within(at); i--) {
      at = address(withoutPort(hops.get(i).strip()));
      if (at == null) {
        return UNKNOWN;
      }
    }
    return at;
  }

  /**
   * Whether a trusted proxy says that the visitor came to it by plain http.
   *
   * @param proto every {@code X-Forwarded-Proto} of the request, in order
   */
  boolean cameInClear(String peer, List<String> proto) {
    if (proto.isEmpty() || !trusts(peer)) {
      return false;
    }
    String last = proto.get(proto.size() - 1);
    return last.substring(last.lastIndexOf(',') + 1).strip().equalsIgnoreCase("http");
  }

  /** Some proxies write {@code 192.0.2.7:4711} and {@code [2001:db8::7]:4711}. */
  private static String withoutPort(String hop) {
    if (hop.startsWith("[") && hop.indexOf(']') > 0) {
      return hop.substring(0, hop.indexOf(']') + 1);
    }
    int colon = hop.indexOf(':');
    return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }

  /** In one form for each address; null for what is none, of which no name is looked up. */
  private static @Nullable String address(String text) {
    boolean brackets = text.startsWith("[") && text.endsWith("]");
    String bare = (brackets ? text.substring(1, text.length() - 1) : text).toLowerCase(Locale.ROOT);
    if (bare.indexOf('/') >= 0) {
      return null;
    }
    try {
      IpRange.parse(bare);
      return InetAddress.getByName(bare).getHostAddress();
    } catch (RefusedException | UnknownHostException e) {
      return null;
    }
  }
}
