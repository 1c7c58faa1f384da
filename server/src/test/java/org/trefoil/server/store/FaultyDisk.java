package org.trefoil.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk between H2 and the real one that can be full, and that knows what a loss of power would
 * leave: what was forced to it, and of the rest whatever the disk happened to write.
 */
public final class FaultyDisk extends FilePathWrapper {
  private static final String SCHEME = "faulty";
  private static final Map<String, Image> IMAGES = new ConcurrentHashMap<>();
  private static volatile boolean full;

  static {
    FilePath.register(new FaultyDisk());
  }

  /** Opens the database of a folder on this disk. */
  public static Database open(Path folder) {
    full = false;
    return Database.inFolder(
        folder, Database.address(folder).replace("jdbc:h2:file:", "jdbc:h2:" + SCHEME + ":"));
  }

  /** From now on there is no room for anything, or there is again. */
  public static void full(boolean now) {
    full = now;
  }

  /**
   * Puts into {@code to} what would be there after a loss of power now.
   *
   * @param luck which of the writes that were not forced reached the disk; null for none
   */
  public static void losePower(Path folder, Path to, Random luck) throws IOException {
    Image image = IMAGES.get(folder.toAbsolutePath().resolve("trefoil.mv.db").toString());
    Files.copy(folder.resolve("trefoil.mark"), to.resolve("trefoil.mark"));
    Files.write(to.resolve("trefoil.mv.db"), image.afterwards(luck));
  }

  /** Leaves nothing in the database of a folder but what is read. */
  public static void compact(Path folder) throws SQLException {
    try (Connection connection = DriverManager.getConnection(Database.address(folder));
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN DEFRAG");
    }
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    FilePath base = getBase();
    byte[] now = base.exists() ? Files.readAllBytes(Path.of(base.toString())) : new byte[0];
    Image image = new Image(now);
    IMAGES.put(Path.of(base.toString()).toAbsolutePath().toString(), image);
    return new Channel(base.open(mode), image);
  }

  /** One write, or a truncation when there are no bytes. */
  private record Change(long at, byte[] bytes) {}

  /** What is on the disk for certain, and what was written since. */
  private static final class Image {
    private byte[] certain;
    private final List<Change> since = new ArrayList<>();

    Image(byte[] certain) {
      this.certain = certain;
    }

    synchronized void changed(Change change) {
      since.add(change);
    }

    synchronized int written() {
      return since.size();
    }

    /** The first so many changes are on the disk for certain. */
    synchronized void forced(int count) {
      List<Change> done = since.subList(0, Math.min(count, since.size()));
      for (Change change : done) {
        certain = apply(certain, change);
      }
      done.clear();
    }

    synchronized byte[] afterwards(Random luck) {
      byte[] left = certain;
      for (Change change : since) {
        if (luck != null && luck.nextBoolean()) {
          left = apply(left, change);
        }
      }
      return left;
    }

    private static byte[] apply(byte[] before, Change change) {
      if (change.bytes().length == 0) {
        return Arrays.copyOf(before, (int) Math.min(before.length, change.at()));
      }
      int end = (int) change.at() + change.bytes().length;
      byte[] after = end > before.length ? Arrays.copyOf(before, end) : before.clone();
      System.arraycopy(change.bytes(), 0, after, (int) change.at(), change.bytes().length);
      return after;
    }
  }

  /** The file as H2 sees it. */
  private static final class Channel extends FileBaseDefault {
    private final FileChannel real;
    private final Image image;

    Channel(FileChannel real, Image image) {
      this.real = real;
      this.image = image;
    }

    @Override
    public int read(ByteBuffer into, long at) throws IOException {
      return real.read(into, at);
    }

    @Override
    public int write(ByteBuffer from, long at) throws IOException {
      refuseWhenFull();
      byte[] bytes = new byte[from.remaining()];
      from.duplicate().get(bytes);
      image.changed(new Change(at, bytes));
      return real.write(from, at);
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      image.changed(new Change(size, new byte[0]));
      real.truncate(size);
    }

    @Override
    public void force(boolean all) throws IOException {
      refuseWhenFull();
      int written = image.written();
      real.force(all);
      image.forced(written);
    }

    private static void refuseWhenFull() throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) throws IOException {
      return real.tryLock(from, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      real.close();
    }
  }
}
