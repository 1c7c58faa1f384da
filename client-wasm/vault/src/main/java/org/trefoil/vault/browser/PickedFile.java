package org.trefoil.vault.browser;

import java.util.function.Consumer;
import org.teavm.jso.JSObject;
import org.teavm.jso.JSProperty;
import org.trefoil.custody.scan.GreyPicture;

/** A file that a person chose or dropped; it is read here and goes nowhere. */
public interface PickedFile extends JSObject {
  @JSProperty
  String getName();

  /** Bytes. */
  @JSProperty
  double getSize();

  Later<JSObject> arrayBuffer();

  /** Reads its bytes, the consumer's to wipe. */
  static void read(PickedFile file, Consumer<byte[]> read, Runnable failed) {
    file.arrayBuffer()
        .then(
            buffer -> {
              Int8Array view = new Int8Array(buffer);
              byte[] bytes = new byte[view.getLength()];
              for (int i = 0; i < bytes.length; i++) {
                bytes[i] = view.get(i);
              }
              read.accept(bytes);
            },
            why -> failed.run());
  }

  /** Reads it as a picture. */
  static void picture(PickedFile file, Consumer<GreyPicture> read, Runnable failed) {
    Globals.createImageBitmap(file)
        .then(
            bitmap -> {
              GreyPicture grey = Eye.look(bitmap, bitmap.getWidth(), bitmap.getHeight());
              bitmap.close();
              read.accept(grey);
            },
            why -> failed.run());
  }
}
