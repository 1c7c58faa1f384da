package org.trefoil.server.chain.follow;

/** A set of fingerprints at 8 bytes each (12 to 24 with the empty places); it only grows. */
final class FingerprintSet {
  private long[] places = new long[1 << 10];
  private int size;

  void add(long fingerprint) {
    if (size >= places.length / 3 * 2) {
      long[] old = places;
      places = new long[old.length * 2];
      size = 0;
      for (long each : old) {
        if (each != 0) {
          add(each);
        }
      }
    }
    int at = at(fingerprint);
    if (places[at] == 0) {
      places[at] = fingerprint;
      size++;
    }
  }

  boolean contains(long fingerprint) {
    return places[at(fingerprint)] != 0;
  }

  /** Where it is, or the empty place where it would be. */
  private int at(long fingerprint) {
    int at = (int) (fingerprint ^ fingerprint >>> 32) & places.length - 1;
    while (places[at] != 0 && places[at] != fingerprint) {
      at = at + 1 & places.length - 1;
    }
    return at;
  }
}
