package org.trefoil.server.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.trefoil.server.keyfile.KeyFile;

/** Makes backups of one database, also while it is in use. */
public final class Backups {
  private final Tables tables;
  private final KeyFile key;
  private final String keyCheck;
  private final String chain;
  private final BooleanSupplier retired;
  private final InstantSource clock;

  /**
   * For one database.
   *
   * @param keyCheck what tells the key file; public
   * @param chain network and kind of chain
   * @param retired whether this machine signs nothing any more
   */
  public Backups(
      Tables tables,
      KeyFile key,
      String keyCheck,
      String chain,
      BooleanSupplier retired,
      InstantSource clock) {
    this.tables = tables;
    this.key = key;
    this.keyCheck = keyCheck;
    this.chain = chain;
    this.retired = retired;
    this.clock = clock;
  }

  /** Writes a backup and reads it again; answers in a sentence what it holds. */
  public String write(Path file) throws IOException {
    Instant now = clock.instant();
    Archive archive = Archive.at(file);
    boolean last = retired.getAsBoolean(); // before the rows are read, never after
    Head head = new Head(tables.version(), now.getEpochSecond(), keyCheck, chain, last);
    long rows = archive.write(head, tables, key);
    archive.verify(key);
    return "Backed up "
        + rows
        + " rows as of "
        + Instant.ofEpochSecond(now.getEpochSecond())
        + " to "
        + file
        + ". The key file (server.key) is not in it: keep that apart, for without it this backup"
        + " opens nothing.";
  }
}
