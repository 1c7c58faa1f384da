package org.trefoil.server.signer;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.Json;

/**
 * What is still to be known of a wallet's sends from long ago: fingerprints of the coins that they
 * spent and of the addresses that they paid, and the highest number of an address of ours.
 */
final class OldSends {
  private final Set<Long> coins;
  private final Set<Long> paid;
  private int top;

  private OldSends(Set<Long> coins, Set<Long> paid, int top) {
    this.coins = coins;
    this.paid = paid;
    this.top = top;
  }

  static OldSends none() {
    return new OldSends(new HashSet<>(), new HashSet<>(), -1);
  }

  boolean spent(long coin) {
    return coins.contains(coin);
  }

  boolean paid(long address) {
    return paid.contains(address);
  }

  /** −1 for none. */
  int top() {
    return top;
  }

  void spends(long coin) {
    coins.add(coin);
  }

  void pays(long address) {
    paid.add(address);
  }

  void reaches(int number) {
    top = Math.max(top, number);
  }

  static OldSends read(Fields f) {
    return new OldSends(
        set(f.base64("coins")), set(f.base64("paid")), Math.toIntExact(f.number("top")));
  }

  private static Set<Long> set(String base64) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    Set<Long> set = new HashSet<>();
    while (bytes.hasRemaining()) {
      set.add(bytes.getLong());
    }
    return set;
  }

  private static String text(Set<Long> set) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * set.size());
    set.forEach(bytes::putLong);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  Json json() {
    return Json.object()
        .put("coins", text(coins))
        .put("paid", text(paid))
        .put("top", (long) top)
        .json();
  }
}
