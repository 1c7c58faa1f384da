package org.trefoil.server.chain.follow;

import java.util.function.LongPredicate;

/**
 * Which address an output script may belong to, for millions of scripts at 16 bytes each (24 to 48
 * with the empty places). Two arrays with open addressing: the fingerprints, and beside them the
 * wallet's number, branch and index in one long.
 *
 * <p>An answer is a candidate: two scripts may have one fingerprint, so whoever asks compares.
 */
final class ScriptIndex {
  private static final int INDEX_BITS = 31;
  private static final int BRANCH_BITS = 1;

  private long[] fingerprints = new long[1 << 10];
  private long[] places = new long[1 << 10];
  private int size;

  static long place(int wallet, int branch, int index) {
    return ((long) wallet << BRANCH_BITS | branch) << INDEX_BITS | index;
  }

  static int wallet(long place) {
    return (int) (place >>> INDEX_BITS + BRANCH_BITS);
  }

  static int branch(long place) {
    return (int) (place >>> INDEX_BITS) & 1;
  }

  static int index(long place) {
    return (int) (place & 0x7fffffff);
  }

  /** Adds a place; the same one twice changes nothing. */
  void add(long fingerprint, long place) {
    if (size >= fingerprints.length / 3 * 2) {
      grow();
    }
    int at = slot(fingerprint);
    while (fingerprints[at] != 0) {
      if (fingerprints[at] == fingerprint && places[at] == place) {
        return;
      }
      at = next(at);
    }
    fingerprints[at] = fingerprint;
    places[at] = place;
    size++;
  }

  /** The first place under the fingerprint that {@code right} accepts, or −1. */
  long find(long fingerprint, LongPredicate right) {
    for (int at = slot(fingerprint); fingerprints[at] != 0; at = next(at)) {
      if (fingerprints[at] == fingerprint && right.test(places[at])) {
        return places[at];
      }
    }
    return -1;
  }

  int size() {
    return size;
  }

  private int slot(long fingerprint) {
    return (int) (fingerprint ^ fingerprint >>> 32) & fingerprints.length - 1;
  }

  private int next(int at) {
    return at + 1 & fingerprints.length - 1;
  }

  private void grow() {
    long[] oldFingerprints = fingerprints;
    long[] oldPlaces = places;
    fingerprints = new long[oldFingerprints.length * 2];
    places = new long[fingerprints.length];
    size = 0;
    for (int i = 0; i < oldFingerprints.length; i++) {
      if (oldFingerprints[i] != 0) {
        add(oldFingerprints[i], oldPlaces[i]);
      }
    }
  }
}
