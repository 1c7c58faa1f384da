package org.trefoil.server.keyfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The key in {@code server.key}, from which every server secret at rest is derived.
 *
 * <p>The file is made at the first start with rights for its owner alone. It is refused when others
 * can read it, when it is damaged, and when it is gone while there are things sealed under it.
 * Whoever has both this file and the database has the server's keys, and still not the users'.
 */
public final class KeyFile implements AutoCloseable {
  /** Bytes of the file. */
  public static final int SIZE = KeyRing.SIZE;

  private static final String NAME = "server.key";
  private static final String NEW = "server.key.new";

  private final KeyRing ring;

  private KeyFile(KeyRing ring) {
    this.ring = ring;
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
    KeyRing ring = KeyRing.parse(Files.readAllBytes(file));
    if (ring == null) {
      throw new KeyFileRefused(
          "key-file-damaged",
          "The key file " + file + " is damaged: put it back from your backup.");
    }
    return new KeyFile(ring);
  }

  /** A key file that exists in memory only, for tests. */
  public static KeyFile of(byte[] master) {
    if (master.length != SIZE) {
      throw new IllegalArgumentException("a key file has 32 bytes");
    }
    return new KeyFile(KeyRing.first(master.clone()));
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

  /**
   * Puts a new key into the file, with the present one beside it; in a file where both stand
   * already nothing changes. The file is replaced at once or not at all.
   */
  public KeyFile beginRotation(Path dataFolder, SecureRandom random) throws IOException {
    if (rotating()) {
      return this;
    }
    KeyRing both = ring.rotated(random);
    replace(dataFolder, both);
    return new KeyFile(both);
  }

  /** Drops the previous key from the file, once nothing is sealed under it. */
  public void finishRotation(Path dataFolder) throws IOException {
    try (KeyRing one = ring.finished()) {
      replace(dataFolder, one);
    }
  }

  /** Whether two keys stand in the file: a rotation was begun and has not ended. */
  public boolean rotating() {
    return ring.rotating();
  }

  /** This key file as it will be after the rotation, in memory alone. */
  public KeyFile afterRotation() {
    return new KeyFile(ring.finished());
  }

  /** As {@link #derive}, of the key that is being replaced; null when none is. */
  public byte @Nullable [] derivePrevious(String label) {
    return ring.derivePrevious(label);
  }

  /** 32 bytes for the pepper of one purpose; rotations leave it as it is. */
  byte[] pepper(String purpose) {
    return ring.pepper(purpose);
  }

  /** 32 bytes for one purpose: HKDF-SHA256 of the present key with the label as info. */
  public byte[] derive(String label) {
    return ring.derive(label);
  }

  @Override
  public void close() {
    ring.close();
  }

  @Override
  public String toString() {
    return "KeyFile[redacted]";
  }

  private static void create(Path dataFolder, Path file, SecureRandom random) throws IOException {
    byte[] fresh = new byte[SIZE];
    random.nextBytes(fresh);
    write(file, fresh);
    forceFolder(dataFolder);
  }

  private static void replace(Path dataFolder, KeyRing ring) throws IOException {
    Path fresh = dataFolder.resolve(NEW);
    Files.deleteIfExists(fresh); // of a rotation that was killed here
    write(fresh, ring.bytes());
    Files.move(fresh, dataFolder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    forceFolder(dataFolder);
  }

  /** Writes a new file, to the disk itself, and wipes the bytes. */
  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            owner(file, "rw-------"))) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Arrays.fill(bytes, (byte) 0);
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
}
