package org.trefoil.server.chain;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.Transaction;

/**
 * A whole block as nodes exchange it, looked at where it lies: what concerns nobody never becomes
 * an object. Which transactions it has, their parts and their ids are what bitcoinj reads; only the
 * form is checked, not the rules of the chain.
 */
public final class RawBlock {
  private static final int HEADER = 80;
  private static final int HASH = 32;
  private static final int LEAST_TRANSACTION = 10;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Looks at the parts of a transaction; each answer tells whether that one concerns somebody. */
  public interface Eye {
    /**
     * The input that spends output {@code vout} of the transaction whose id, in the order of bytes
     * that nodes exchange, are the 32 bytes of {@code block} at {@code id}.
     */
    boolean input(byte[] block, int id, int vout);

    /** The output whose script are {@code length} bytes of {@code block} at {@code script}. */
    boolean output(byte[] block, int script, int length);
  }

  private final byte[] bytes;

  /** Where each transaction begins; after them, where the last one ends. */
  private final int[] starts;

  private RawBlock(byte[] bytes, int[] starts) {
    this.bytes = bytes;
    this.starts = starts;
  }

  /**
   * Reads a block, which takes over {@code bytes}.
   *
   * @throws IllegalArgumentException when they are not exactly one whole block with a transaction
   */
  public static RawBlock read(byte[] bytes) {
    Walk walk = new Walk(bytes);
    walk.skip(HEADER);
    int count = walk.count();
    if (count == 0 || count > (bytes.length - walk.at) / LEAST_TRANSACTION) {
      throw new IllegalArgumentException("a block of " + count + " transactions");
    }
    int[] starts = new int[count + 1];
    for (int i = 0; i < count; i++) {
      starts[i] = walk.at;
      walk.transaction();
    }
    starts[count] = walk.at;
    if (walk.at != bytes.length) {
      throw new IllegalArgumentException("more after the block");
    }
    return new RawBlock(bytes, starts);
  }

  /** Its hash as people write it. */
  public String hash() {
    return Sha256Hash.wrapReversed(Sha256Hash.hashTwice(bytes, 0, HEADER)).toString();
  }

  /** The hash of the block before it. */
  public String previous() {
    return reversed(4);
  }

  /** What its transactions' ids should come to. */
  public String merkleRoot() {
    return reversed(4 + HASH);
  }

  private String reversed(int at) {
    return Sha256Hash.wrapReversed(Arrays.copyOfRange(bytes, at, at + HASH)).toString();
  }

  /** When it was made, in its own words, epoch seconds. */
  public long time() {
    return (int) INTS.get(bytes, 4 + 2 * HASH) & 0xffffffffL;
  }

  /** How many transactions it has. */
  public int count() {
    return starts.length - 1;
  }

  /** One of its transactions, coinbase first. */
  public Transaction transaction(int number) {
    int start = starts[number];
    return Transaction.read(ByteBuffer.wrap(bytes, start, starts[number + 1] - start));
  }

  /** All of them. */
  public List<Transaction> transactions() {
    List<Transaction> all = new ArrayList<>(count());
    for (int i = 0; i < count(); i++) {
      all.add(transaction(i));
    }
    return all;
  }

  /** Whether its one input spends nothing. */
  public boolean isCoinbase(int number) {
    Walk walk = new Walk(bytes);
    walk.at = starts[number] + 4;
    walk.flag();
    int inputs = walk.count();
    int from = walk.at;
    if (inputs != 1 || (int) INTS.get(bytes, from + HASH) != -1) {
      return false;
    }
    for (int at = from; at < from + HASH; at += Long.BYTES) {
      if ((long) LONGS.get(bytes, at) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether anything in a transaction concerns somebody; looks no further then. */
  public boolean concerns(int number, Eye eye) {
    Walk walk = new Walk(bytes);
    walk.at = starts[number] + 4;
    walk.flag();
    for (int left = walk.count(); left > 0; left--) {
      int vout = (int) INTS.get(bytes, walk.at + HASH);
      if (eye.input(bytes, walk.at, vout < 0 ? Integer.MAX_VALUE : vout)) {
        return true;
      }
      walk.input();
    }
    for (int left = walk.count(); left > 0; left--) {
      walk.skip(8);
      int length = walk.count();
      if (eye.output(bytes, walk.at, length)) {
        return true;
      }
      walk.skip(length);
    }
    return false;
  }

  /** The ids of all transactions in the order of bytes that nodes exchange, one after the other. */
  public byte[] ids() {
    MessageDigest digest = Sha256Hash.newDigest();
    byte[] ids = new byte[count() * HASH];
    try {
      for (int i = 0; i < count(); i++) {
        Walk walk = new Walk(bytes);
        walk.at = starts[i] + 4;
        walk.flag();
        int parts = walk.at;
        walk.parts();
        digest.update(bytes, starts[i], 4);
        digest.update(bytes, parts, walk.at - parts);
        digest.update(bytes, starts[i + 1] - 4, 4);
        digest.digest(ids, i * HASH, HASH);
        digest.update(ids, i * HASH, HASH);
        digest.digest(ids, i * HASH, HASH);
      }
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
    return ids;
  }

  /** A place in the bytes that moves on, and never beyond their end. */
  private static final class Walk {
    private final byte[] bytes;
    private int at;

    Walk(byte[] bytes) {
      this.bytes = bytes;
    }

    void skip(int length) {
      if (length > bytes.length - at) {
        throw new IllegalArgumentException("it ends too early");
      }
      at += length;
    }

    private int unsigned() {
      skip(1);
      return bytes[at - 1] & 0xff;
    }

    /** A number in its shortest form, as nodes demand it; what is counted takes a byte at least. */
    int count() {
      int first = unsigned();
      if (first < 0xfd) {
        return first;
      }
      int length = 1 << first - 0xfc;
      long value = 0;
      skip(length);
      for (int i = 1; i <= length; i++) {
        value = value << 8 | bytes[at - i] & 0xff;
      }
      long least = length == 2 ? 0xfd : 1L << 4 * length;
      if (value < least || value > bytes.length - at) {
        throw new IllegalArgumentException("a count that cannot be");
      }
      return (int) value;
    }

    void transaction() {
      skip(4);
      boolean witnesses = flag();
      int inputs = parts();
      if (witnesses && !witnesses(inputs)) {
        throw new IllegalArgumentException("the flag for witnesses, and none");
      }
      skip(4);
    }

    /** Steps over marker and flag, if they are there. */
    boolean flag() {
      if (at >= bytes.length || bytes[at] != 0) {
        return false;
      }
      skip(2);
      if (bytes[at - 1] != 1) {
        throw new IllegalArgumentException("no inputs, or a flag that nobody knows");
      }
      return true;
    }

    /** Inputs and outputs; answers how many inputs. */
    int parts() {
      int inputs = count();
      if (inputs == 0) {
        throw new IllegalArgumentException("no inputs");
      }
      for (int i = 0; i < inputs; i++) {
        input();
      }
      for (int left = count(); left > 0; left--) {
        skip(8);
        if (bytes[at - 1] < 0) {
          throw new IllegalArgumentException("an amount below nothing");
        }
        skip(count());
      }
      return inputs;
    }

    void input() {
      skip(HASH + 4);
      skip(count());
      skip(4);
    }

    private boolean witnesses(int inputs) {
      boolean some = false;
      for (int i = 0; i < inputs; i++) {
        for (int left = count(); left > 0; left--) {
          skip(count());
          some = true;
        }
      }
      return some;
    }
  }
}
