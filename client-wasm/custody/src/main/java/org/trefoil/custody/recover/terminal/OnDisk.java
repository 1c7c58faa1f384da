package org.trefoil.custody.recover.terminal;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;

/** The computer's own disk. */
final class OnDisk implements Disk {
  private static final int LARGEST = 32_000_000;

  @Override
  public byte[] read(String path) throws IOException {
    try (FileInputStream in = new FileInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("larger than 32 MB");
      }
      return bytes;
    }
  }

  @Override
  public void write(String path, byte[] bytes) throws IOException {
    if (!new File(path).createNewFile()) {
      throw new IOException("is there already");
    }
    try (FileOutputStream out = new FileOutputStream(path)) {
      out.write(bytes);
    }
  }
}
