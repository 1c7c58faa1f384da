package org.trefoil.server.keyfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The 32 random bytes of {@code server.key}, from which every server secret at rest is derived.
 *
 * <p>The file is made at the first start with rights for its owner alone. It is refused when others
 * can read it, when it is not 32 bytes, and when it is gone while there are things sealed under it.
 * Whoever has both this file and the database has the server's keys, and still not the users'.
 */
public final class KeyFile implements AutoCloseable {
  /** Bytes of the file. */
  public static final int SIZE = 32;

  private static final String NAME = "server.key";

  private final byte[] master;

  private KeyFile(byte[] master) {
    this.master = master;
  }

  /**
   * Opens the key file of a data folder, or makes it.
   *
   * @param inUse whether the database already holds things sealed under a key file
   * @throws KeyFileRefused with the sentence for the operator
   */
  public static KeyFile open(Path dataFolder, boolean inUse, SecureRandom random)
      throws IOException {
    Path file = dataFolder.resolve(NAME);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      if (inUse) {
        throw new KeyFileRefused(
            "key-file-missing",
            "The key file "
                + file
                + " is missing, but the database holds wallets sealed under it. Put it back from"
                + " your backup; without it the server can co-sign for none of them.");
      }
      create(dataFolder, file, random);
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new KeyFileRefused("key-file-damaged", "The key file " + file + " is not a file.");
    }
    refuseReadableByOthers(file);
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != SIZE || allZero(bytes)) {
      throw new KeyFileRefused(
          "key-file-damaged",
          "The key file " + file + " is damaged: it must hold exactly 32 random bytes.");
    }
    return new KeyFile(bytes);
  }

  /** A key file that exists in memory only, for tests. */
  public static KeyFile of(byte[] master) {
    if (master.length != SIZE) {
      throw new IllegalArgumentException("a key file has 32 bytes");
    }
    return new KeyFile(master.clone());
  }

  /**
   * Makes the data folder, with rights for its owner alone; one that is there and ours gets them.
   *
   * @throws KeyFileRefused when others can read it and it holds something that is not ours
   */
  public static void prepareFolder(Path dataFolder) throws IOException {
    if (!Files.isDirectory(dataFolder)) {
      Files.createDirectories(dataFolder, owner(dataFolder, "rwx------"));
      return;
    }
    if (!posix(dataFolder)) {
      return;
    }
    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(dataFolder);
    if (rights.stream().allMatch(right -> right.name().startsWith("OWNER_"))) {
      return;
    }
    if (holdsSomethingElse(dataFolder)) {
      throw new KeyFileRefused(
          "data-folder-readable",
          "The data folder "
              + dataFolder
              + " can be read by others and holds something else too. Use an empty one, or run:"
              + " chmod 700 "
              + dataFolder);
    }
    Files.setPosixFilePermissions(dataFolder, PosixFilePermissions.fromString("rwx------"));
  }

  private static boolean holdsSomethingElse(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .anyMatch(name -> !name.equals(NAME) && !name.startsWith("trefoil"));
    }
  }

  /** 32 bytes for one purpose: HKDF-SHA256 of the file's bytes with the label as info. */
  public byte[] derive(String label) {
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(SHA256Digest.newInstance());
    hkdf.init(new HKDFParameters(master, null, label.getBytes(StandardCharsets.UTF_8)));
    byte[] out = new byte[32];
    hkdf.generateBytes(out, 0, out.length);
    return out;
  }

  @Override
  public void close() {
    Arrays.fill(master, (byte) 0);
  }

  @Override
  public String toString() {
    return "KeyFile[redacted]";
  }

  private static void create(Path dataFolder, Path file, SecureRandom random) throws IOException {
    byte[] fresh = new byte[SIZE];
    random.nextBytes(fresh);
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            owner(file, "rw-------"))) {
      ByteBuffer buffer = ByteBuffer.wrap(fresh);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Arrays.fill(fresh, (byte) 0);
    forceFolder(dataFolder);
  }

  private static void forceFolder(Path folder) throws IOException {
    if (!posix(folder)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void refuseReadableByOthers(Path file) throws IOException {
    if (!posix(file)) {
      return;
    }
    Set<PosixFilePermission> rights =
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    Set<PosixFilePermission> ownersOnly =
        Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    if (!ownersOnly.containsAll(rights)) {
      throw new KeyFileRefused(
          "key-file-readable",
          "The key file "
              + file
              + " can be read by others ("
              + PosixFilePermissions.toString(rights)
              + "). Run: chmod 600 "
              + file);
    }
  }

  private static FileAttribute<?>[] owner(Path path, String rights) {
    return posix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static boolean allZero(byte[] bytes) {
    int all = 0;
    for (byte b : bytes) {
      all |= b;
    }
    return all == 0;
  }
}
