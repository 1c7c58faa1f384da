package org.trefoil.custody.recover.terminal;

import java.io.IOException;

/** The files that a person names. */
public interface Disk {
  /** The whole file. */
  byte[] read(String path) throws IOException;

  /** Makes a new file; refuses to write over one that is there. */
  void write(String path, byte[] bytes) throws IOException;
}
