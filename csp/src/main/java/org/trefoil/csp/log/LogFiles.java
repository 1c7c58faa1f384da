package org.trefoil.csp.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.trefoil.csp.note.NoteSigner;

/**
 * A log as the files of <a href="https://c2sp.org/tlog-tiles">c2sp.org/tlog-tiles</a>: {@code
 * checkpoint}, {@code tile/LEVEL/N} of up to 256 hashes, {@code tile/entries/N} of up to 256
 * entries, each behind its length in two bytes. Any web server can serve them.
 */
public final class LogFiles {
  /** Where the newest checkpoint is. */
  public static final String CHECKPOINT = "checkpoint";

  private static final int WIDTH = 256;
  private static final int MOST_BYTES = 0xffff;

  private LogFiles() {}

  /** How a file is read: its bytes, or an {@link IOException} where there is none. */
  public interface Reader {
    byte[] read(String path) throws IOException;
  }

  /** The entries of a log of this size, oldest first. */
  public static List<byte[]> entries(Reader reader, long size) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    for (long bundle = 0; bundle * WIDTH < size; bundle++) {
      int width = (int) Math.min(WIDTH, size - bundle * WIDTH);
      byte[] bytes = reader.read(path("entries", bundle, width));
      int at = 0;
      for (int i = 0; i < width; i++) {
        if (at + 2 > bytes.length) {
          throw new IOException("the log's entries are cut off");
        }
        int length = (bytes[at] & 255) << 8 | bytes[at + 1] & 255;
        at += 2;
        if (at + length > bytes.length) {
          throw new IOException("the log's entries are cut off");
        }
        entries.add(Arrays.copyOfRange(bytes, at, at + length));
        at += length;
      }
    }
    return entries;
  }

  /** The tree over the leaves that the lowest tiles hold. */
  public static MerkleTree tree(Reader reader, long size) throws IOException {
    List<Hash> leaves = new ArrayList<>();
    for (long tile = 0; tile * WIDTH < size; tile++) {
      int width = (int) Math.min(WIDTH, size - tile * WIDTH);
      byte[] bytes = reader.read(path("0", tile, width));
      if (bytes.length < width * Hash.BYTES) {
        throw new IOException("a tile of the log is cut off");
      }
      for (int i = 0; i < width; i++) {
        leaves.add(Hash.read(bytes, i * Hash.BYTES));
      }
    }
    return new MerkleTree(leaves);
  }

  /** Every file of the log of these entries, by path; the checkpoint is signed by its key. */
  public static Map<String, byte[]> of(List<byte[]> entries, NoteSigner log) {
    Map<String, byte[]> files = new TreeMap<>();
    List<Hash> leaves = new ArrayList<>();
    for (byte[] entry : entries) {
      leaves.add(Hash.ofEntry(entry));
    }
    for (int from = 0; from < entries.size(); from += WIDTH) {
      List<byte[]> some = entries.subList(from, Math.min(entries.size(), from + WIDTH));
      files.put(path("entries", from / WIDTH, some.size()), bundle(some));
    }
    tiles(files, leaves);
    Checkpoint checkpoint =
        new Checkpoint(log.key().name(), entries.size(), MerkleTree.root(leaves));
    files.put(CHECKPOINT, checkpoint.signedBy(log).getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** A tile of a level above holds the roots of full tiles below. */
  private static void tiles(Map<String, byte[]> files, List<Hash> leaves) {
    List<Hash> hashes = leaves;
    for (int level = 0; !hashes.isEmpty(); level++) {
      List<Hash> above = new ArrayList<>();
      for (int from = 0; from < hashes.size(); from += WIDTH) {
        List<Hash> tile = hashes.subList(from, Math.min(hashes.size(), from + WIDTH));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tile.forEach(hash -> bytes.writeBytes(hash.bytes()));
        files.put(path(Integer.toString(level), from / WIDTH, tile.size()), bytes.toByteArray());
        if (tile.size() == WIDTH) {
          above.add(MerkleTree.root(tile));
        }
      }
      hashes = above;
    }
  }

  private static byte[] bundle(List<byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > MOST_BYTES) {
        throw new IllegalArgumentException("an entry has at most 65,535 bytes");
      }
      bytes.write(entry.length >> 8);
      bytes.write(entry.length);
      bytes.writeBytes(entry);
    }
    return bytes.toByteArray();
  }

  /** {@code tile/0/x001/x234/067.p/5}: three digits at a time, and how full it is unless full. */
  static String path(String level, long index, int width) {
    StringBuilder path = new StringBuilder();
    long rest = index;
    String mark = "";
    do {
      path.insert(0, String.format(Locale.ROOT, "/%s%03d", mark, rest % 1000));
      mark = "x";
      rest /= 1000;
    } while (rest > 0);
    return "tile/" + level + path + (width == WIDTH ? "" : ".p/" + width);
  }
}
