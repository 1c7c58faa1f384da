package org.trefoil.vault.browser;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a file that the person chose; it stays on the device. */
public final class ChosenFile {
  private ChosenFile() {}

  /**
   * Gives {@code then} the bytes of the first file in the input; null when it cannot be read or is
   * longer than {@code most}. Does nothing when none is chosen.
   */
  public static void read(Element input, int most, Consumer<byte @Nullable []> then) {
    Items<InputFile> files = input.getFiles();
    if (files.getLength() == 0) {
      return;
    }
    InputFile file = files.get(0);
    if (file.getSize() > most) {
      then.accept(null);
      return;
    }
    file.arrayBuffer()
        .then(buffer -> then.accept(bytes(new Int8Array(buffer))), why -> then.accept(null));
  }

  private static byte[] bytes(Int8Array array) {
    byte[] bytes = new byte[array.getLength()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = array.get(i);
    }
    return bytes;
  }
}
