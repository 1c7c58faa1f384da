package org.trefoil.csp.log;

import java.util.ArrayList;
import java.util.List;

/**
 * The tree over a list of entries, RFC 6962 §2.1: its root, and the proofs that an entry is in it
 * and that an older tree is its beginning.
 */
public final class MerkleTree {
  private final List<Hash> leaves;

  /** Over these leaf hashes, {@link Hash#ofEntry}. */
  public MerkleTree(List<Hash> leaves) {
    this.leaves = List.copyOf(leaves);
  }

  /** How many entries it has. */
  public int size() {
    return leaves.size();
  }

  /** The root. */
  public Hash root() {
    return root(leaves);
  }

  /** The root when it had only so many entries. */
  public Hash rootAt(int size) {
    return root(leaves.subList(0, size));
  }

  static Hash root(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      return Hash.EMPTY;
    }
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int split = split(leaves.size());
    return Hash.of(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
  }

  /** The hashes beside the way from an entry to the root, lowest first. */
  public List<Hash> inclusion(int index) {
    if (index < 0 || index >= size()) {
      throw new IllegalArgumentException("no entry " + index);
    }
    List<Hash> path = new ArrayList<>();
    inclusion(index, leaves, path);
    return path;
  }

  private static void inclusion(int index, List<Hash> leaves, List<Hash> path) {
    if (leaves.size() == 1) {
      return;
    }
    int split = split(leaves.size());
    List<Hash> left = leaves.subList(0, split);
    List<Hash> right = leaves.subList(split, leaves.size());
    if (index < split) {
      inclusion(index, left, path);
      path.add(root(right));
    } else {
      inclusion(index - split, right, path);
      path.add(root(left));
    }
  }

  /** What shows that the tree of the first {@code old} entries is the beginning of this one. */
  public List<Hash> consistency(int old) {
    if (old < 1 || old > size()) {
      throw new IllegalArgumentException("no tree of " + old + " entries");
    }
    List<Hash> path = new ArrayList<>();
    consistency(old, leaves, true, path);
    return path;
  }

  private static void consistency(int old, List<Hash> leaves, boolean whole, List<Hash> path) {
    if (old == leaves.size()) {
      if (!whole) {
        path.add(root(leaves));
      }
      return;
    }
    int split = split(leaves.size());
    List<Hash> left = leaves.subList(0, split);
    List<Hash> right = leaves.subList(split, leaves.size());
    if (old <= split) {
      consistency(old, left, whole, path);
      path.add(root(right));
    } else {
      consistency(old - split, right, false, path);
      path.add(root(left));
    }
  }

  /** The largest power of two below {@code size}. */
  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }

  /** Whether an entry's hash stands at this place of a tree; RFC 9162 §2.1.3.2. */
  public static boolean includes(long index, long size, Hash entry, List<Hash> path, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long fn = index;
    long sn = size - 1;
    Hash hash = entry;
    for (Hash beside : path) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        hash = Hash.of(beside, hash);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        hash = Hash.of(hash, beside);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && hash.equals(root);
  }

  /** Whether an older tree is the beginning of a newer one; RFC 9162 §2.1.4.2. */
  public static boolean continues(
      long oldSize, Hash oldRoot, long size, Hash root, List<Hash> path) {
    if (oldSize < 1 || oldSize > size) {
      return false;
    }
    if (oldSize == size) {
      return path.isEmpty() && oldRoot.equals(root);
    }
    List<Hash> hashes = new ArrayList<>(path);
    if (Long.bitCount(oldSize) == 1) {
      hashes.add(0, oldRoot);
    }
    if (hashes.isEmpty()) {
      return false;
    }
    long fn = oldSize - 1;
    long sn = size - 1;
    while ((fn & 1) == 1) {
      fn >>= 1;
      sn >>= 1;
    }
    Hash older = hashes.get(0);
    Hash newer = hashes.get(0);
    for (Hash hash : hashes.subList(1, hashes.size())) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        older = Hash.of(hash, older);
        newer = Hash.of(hash, newer);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        newer = Hash.of(newer, hash);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && older.equals(oldRoot) && newer.equals(root);
  }
}
