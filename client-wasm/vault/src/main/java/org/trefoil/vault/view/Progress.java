package org.trefoil.vault.view;

/** A bar with a sentence, for work that takes a moment. */
public final class Progress {
  private final Piece box;
  private final Piece words = Piece.of("p").attribute("role", "status");
  private final Piece bar = Piece.of("progress").attribute("max", "100").attribute("value", "0");

  public Progress(String testId) {
    bar.attribute("aria-label", "Progress");
    box = Piece.of("div", "busy").testId(testId).add(words, bar).show(false);
  }

  public Piece box() {
    return box;
  }

  public void begin(String what) {
    words.text(what);
    percent(0);
    box.show(true);
  }

  public void percent(int percent) {
    bar.attribute("value", String.valueOf(percent));
  }

  public void end() {
    words.text("");
    box.show(false);
  }
}
