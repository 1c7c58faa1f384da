package org.trefoil.vault.browser;

import java.util.function.Consumer;

/** Hears of files that are chosen in an input or dropped onto an element. */
public final class FilePicker {
  private FilePicker() {}

  /** Tells {@code picked} of each file chosen in {@code input}; the input is empty afterwards. */
  public static void choose(Element input, Consumer<PickedFile> picked) {
    input.addEventListener(
        "change",
        event -> {
          each(input.getFiles(), picked);
          input.setValue("");
        });
  }

  /** Tells {@code picked} of each file dropped onto {@code area}. */
  public static void drop(Element area, Consumer<PickedFile> picked) {
    area.addEventListener("dragover", event -> event.preventDefault());
    area.addEventListener(
        "drop",
        event -> {
          event.preventDefault();
          each(event.getDataTransfer().getFiles(), picked);
        });
  }

  private static void each(Items<PickedFile> files, Consumer<PickedFile> picked) {
    for (int i = 0; i < files.getLength(); i++) {
      picked.accept(files.get(i));
    }
  }
}
