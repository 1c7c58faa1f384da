package org.trefoil.server.chain.follow;

import java.util.Arrays;

/**
 * Which address an output script belongs to, for millions of scripts at some 100 bytes each: three
 * arrays with open addressing (fingerprints, beside them the wallet's number, branch and index in
 * one long, and where the script lies), and the scripts one after the other in pieces.
 */
final class ScriptIndex {
  private static final int INDEX_BITS = 31;
  private static final int BRANCH_BITS = 1;
  private static final int PIECE_BITS = 16;
  private static final int LONGEST = 255;

  private long[] fingerprints = new long[1 << 10];
  private long[] places = new long[1 << 10];
  private int[] lies = new int[1 << 10];
  private int size;

  /** Scripts, each after a byte with its length, none across two pieces. */
  private byte[][] pieces = new byte[1][1 << PIECE_BITS];

  private int end;

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

  /** Adds a script, its fingerprint and its place; the same place twice changes nothing. */
  void add(long fingerprint, long place, byte[] script) {
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
    put(at, fingerprint, place, keep(script));
  }

  /** The first place of the script that lies in {@code bytes}, or −1. */
  long find(long fingerprint, byte[] bytes, int from, int length) {
    for (int at = slot(fingerprint); fingerprints[at] != 0; at = next(at)) {
      if (fingerprints[at] == fingerprint && is(lies[at], bytes, from, length)) {
        return places[at];
      }
    }
    return -1;
  }

  private void put(int at, long fingerprint, long place, int where) {
    fingerprints[at] = fingerprint;
    places[at] = place;
    lies[at] = where;
    size++;
  }

  private int keep(byte[] script) {
    if (script.length > LONGEST) {
      throw new IllegalArgumentException("an output script of " + script.length + " bytes");
    }
    int left = (1 << PIECE_BITS) - (end & (1 << PIECE_BITS) - 1);
    int where = script.length < left ? end : end + left;
    int piece = where >>> PIECE_BITS;
    if (piece >= pieces.length) {
      pieces = Arrays.copyOf(pieces, 2 * pieces.length);
    }
    if (pieces[piece] == null) {
      pieces[piece] = new byte[1 << PIECE_BITS];
    }
    int at = where & (1 << PIECE_BITS) - 1;
    pieces[piece][at] = (byte) script.length;
    System.arraycopy(script, 0, pieces[piece], at + 1, script.length);
    end = where + 1 + script.length;
    return where;
  }

  private boolean is(int where, byte[] bytes, int from, int length) {
    byte[] piece = pieces[where >>> PIECE_BITS];
    int at = where & (1 << PIECE_BITS) - 1;
    int known = piece[at] & 0xff;
    return known == length
        && Arrays.equals(piece, at + 1, at + 1 + known, bytes, from, from + length);
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
    int[] oldLies = lies;
    fingerprints = new long[oldFingerprints.length * 2];
    places = new long[fingerprints.length];
    lies = new int[fingerprints.length];
    size = 0;
    for (int i = 0; i < oldFingerprints.length; i++) {
      if (oldFingerprints[i] != 0) {
        int at = slot(oldFingerprints[i]);
        while (fingerprints[at] != 0) {
          at = next(at);
        }
        put(at, oldFingerprints[i], oldPlaces[i], oldLies[i]);
      }
    }
  }
}
