package org.trefoil.server.signer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the signer's journal was when this front last heard of it, kept in the front's data
 * folder: a signer that is not so far any more was put back, and is not used.
 */
final class SeenHead implements AutoCloseable {
  /** The name of the file. */
  static final String FILE = "trefoil.signer";

  private static final Logger LOG = LoggerFactory.getLogger(SeenHead.class);

  private final @Nullable HeadMark mark;
  private Head newest;

  /** That of a folder; one that is not there keeps nothing. */
  SeenHead(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      boolean there = Files.isDirectory(folder);
      Head found = there ? HeadMark.find(file) : null;
      newest = found == null ? Head.NONE : found;
      mark = there ? HeadMark.open(file) : null;
    } catch (IOException e) {
      throw new SignerRefused("The file " + file + " cannot be read: " + e.getMessage());
    }
  }

  synchronized Head get() {
    return newest;
  }

  synchronized void raise(Head head) {
    if (head.number() <= newest.number()) {
      return;
    }
    newest = head;
    try {
      if (mark != null) {
        mark.raise(head);
      }
    } catch (IOException e) {
      LOG.warn("How far the signer is could not be written down", e);
    }
  }

  @Override
  public void close() {
    try {
      if (mark != null) {
        mark.close();
      }
    } catch (IOException e) {
      LOG.warn("The file {} could not be closed", FILE, e);
    }
  }
}
