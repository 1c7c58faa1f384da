package org.trefoil.server.chain.peers;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.StoredBlock;
import org.bitcoinj.core.VerificationException;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.chain.Tip;

/**
 * Every header we know from a checkpoint on, and which chain of them has the most work. Whoever
 * sends them, the same headers give the same best chain; of two with equal work the first stays.
 *
 * <p>The best chain costs some 120 bytes a header; other branches are kept as far as {@value
 * #SIDE_HEADERS} headers reach.
 */
final class HeaderChain {
  private static final int SIDE_HEADERS = 20_000;

  private final HeaderRules rules;
  private final StoredBlock base;

  /** The best chain above the base, 80 bytes each. */
  private final List<byte[]> best = new ArrayList<>();

  /** Heights of the best chain by a part of the hash, open addressing; 0 is empty. */
  private int[] heights = new int[1 << 12];

  /** Places of it that are not empty. */
  private int taken;

  private StoredBlock tip;
  private final Map<Sha256Hash, StoredBlock> side =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Sha256Hash, StoredBlock> eldest) {
          return size() > SIDE_HEADERS;
        }
      };

  HeaderChain(StoredBlock base, HeaderRules rules) {
    this.base = base;
    this.rules = rules;
    this.tip = base;
    put(base.getHeight());
  }

  /** What became of headers somebody sent. */
  enum Answer {
    /** All of them are known now. */
    KNOWN,
    /** They do not follow anything that is known. */
    STRANGE
  }

  /**
   * Takes headers in a row; those before the first wrong one stay.
   *
   * @throws VerificationException when one breaks the rules
   */
  synchronized Answer add(List<Block> headers) {
    for (Block header : headers) {
      if (get(header.getHash()) != null) {
        continue;
      }
      StoredBlock previous = get(header.getPrevBlockHash());
      if (previous == null) {
        return Answer.STRANGE;
      }
      rules.check(previous, header, this::get);
      StoredBlock next = withWork(previous).build(header);
      if (header.getPrevBlockHash().equals(tip.getHeader().getHash())) {
        append(next);
      } else {
        side.put(header.getHash(), next);
        if (next.moreWorkThan(tip)) {
          adopt(next);
        }
      }
    }
    return Answer.KNOWN;
  }

  /** Takes back what {@link #above} gave once; false, and nothing taken, when it does not fit. */
  synchronized boolean restore(int from, List<byte[]> headers) {
    if (from != base.getHeight() + 1 || !best.isEmpty()) {
      return false;
    }
    for (byte[] raw : headers) {
      Block header = read(raw);
      try {
        if (!header.getPrevBlockHash().equals(tip.getHeader().getHash())) {
          throw new VerificationException("Not in a row");
        }
        rules.checkAlone(header);
      } catch (VerificationException e) {
        truncate(base.getHeight());
        tip = base;
        return false;
      }
      append(tip.build(header));
    }
    return true;
  }

  synchronized int baseHeight() {
    return base.getHeight();
  }

  synchronized Tip tip() {
    return place(tip);
  }

  /** The block at {@code height} of the best chain, or null above its tip or below its base. */
  synchronized @Nullable Tip at(int height) {
    return height < base.getHeight() || height > tip.getHeight() ? null : place(stored(height));
  }

  /** Its height on the best chain, or −1. */
  synchronized int heightOf(Sha256Hash hash) {
    for (int at = slot(hash); heights[at] != 0; at = at + 1 & heights.length - 1) {
      int height = heights[at] - 1;
      if (height <= tip.getHeight() && hashAt(height).equals(hash)) {
        return height;
      }
    }
    return -1;
  }

  /** Where a peer should go on: the last ten, then ever fewer, then the base. */
  synchronized List<Sha256Hash> locator() {
    List<Sha256Hash> hashes = new ArrayList<>();
    int step = 1;
    for (int height = tip.getHeight(); height > base.getHeight(); height -= step) {
      hashes.add(hashAt(height));
      step = hashes.size() < 10 ? 1 : step * 2;
    }
    hashes.add(base.getHeader().getHash());
    return hashes;
  }

  /** The best chain's headers above {@code height}. */
  synchronized List<byte[]> above(int height) {
    int from = Math.max(0, height - base.getHeight());
    return from >= best.size() ? List.of() : List.copyOf(best.subList(from, best.size()));
  }

  private @Nullable StoredBlock get(Sha256Hash hash) {
    if (hash.equals(tip.getHeader().getHash())) {
      return tip;
    }
    int height = heightOf(hash);
    return height >= 0 ? stored(height) : side.get(hash);
  }

  /** Of the best chain; its work is only right at the base and the tip. */
  private StoredBlock stored(int height) {
    if (height == tip.getHeight()) {
      return tip;
    }
    if (height == base.getHeight()) {
      return base;
    }
    return new StoredBlock(read(raw(height)), BigInteger.ZERO, height);
  }

  /** With the work up to it, counted back from the tip when it is on the best chain. */
  private StoredBlock withWork(StoredBlock block) {
    if (block.getChainWork().signum() != 0) {
      return block;
    }
    BigInteger work = tip.getChainWork();
    for (int height = tip.getHeight(); height > block.getHeight(); height--) {
      work = work.subtract(read(raw(height)).getWork());
    }
    return new StoredBlock(block.getHeader(), work, block.getHeight());
  }

  /** Makes a side branch the best chain; what it leaves becomes a side branch. */
  private void adopt(StoredBlock head) {
    Deque<StoredBlock> branch = new ArrayDeque<>();
    StoredBlock each = head;
    while (heightOf(each.getHeader().getHash()) < 0) {
      branch.addFirst(each);
      StoredBlock previous = get(each.getHeader().getPrevBlockHash());
      if (previous == null) {
        return; // its middle was too long ago: it has to be sent again
      }
      each = previous;
    }
    StoredBlock fork = withWork(each);
    StoredBlock left = fork;
    for (int height = fork.getHeight() + 1; height <= tip.getHeight(); height++) {
      left = left.build(read(raw(height)));
      side.put(left.getHeader().getHash(), left);
    }
    truncate(fork.getHeight());
    tip = fork;
    for (StoredBlock next : branch) {
      side.remove(next.getHeader().getHash());
      append(next);
    }
  }

  private void append(StoredBlock next) {
    best.add(Arrays.copyOf(next.getHeader().serialize(), Block.HEADER_SIZE));
    tip = next;
    if (taken >= heights.length / 2) {
      boolean larger = best.size() > heights.length / 4; // else most of it is stale
      heights = new int[larger ? heights.length * 2 : heights.length];
      taken = 0;
      for (int height = base.getHeight(); height <= tip.getHeight(); height++) {
        put(height);
      }
    } else {
      put(next.getHeight());
    }
  }

  private void truncate(int height) {
    best.subList(height - base.getHeight(), best.size()).clear();
    // Stale entries of the table are seen through: their height holds another hash, or none.
  }

  private void put(int height) {
    int at = slot(hashAt(height));
    while (heights[at] != 0 && heights[at] - 1 != height) {
      at = at + 1 & heights.length - 1;
    }
    taken += heights[at] == 0 ? 1 : 0;
    heights[at] = height + 1;
  }

  private int slot(Sha256Hash hash) {
    return Arrays.hashCode(hash.getBytes()) * 0x9e3779b9 >>> 1 & heights.length - 1;
  }

  private Sha256Hash hashAt(int height) {
    if (height == tip.getHeight()) {
      return tip.getHeader().getHash();
    }
    if (height == base.getHeight()) {
      return base.getHeader().getHash();
    }
    return Sha256Hash.wrapReversed(Arrays.copyOfRange(raw(height + 1), 4, 36));
  }

  private byte[] raw(int height) {
    return best.get(height - base.getHeight() - 1);
  }

  private static Block read(byte[] raw) {
    return Block.read(ByteBuffer.wrap(raw));
  }

  private static Tip place(StoredBlock block) {
    Block header = block.getHeader();
    return new Tip(block.getHeight(), header.getHashAsString(), header.getTimeSeconds());
  }
}
