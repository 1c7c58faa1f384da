package org.trefoil.vault.view;

import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.browser.SeenWatch;
import org.trefoil.vault.browser.Text;

/**
 * A field for a passcode or password. What is typed is read as characters in Unicode form NFC and
 * taken out of the field at once; limit: the browser's own copies are out of reach.
 */
public final class SecretField extends Field {
  /** More than the pause between two looks of the browser. */
  private static final int PAUSE = 300;

  private final SeenWatch watch;
  private boolean shown;
  private boolean sought;

  /**
   * An empty field.
   *
   * @param autocomplete {@code current-password} or {@code new-password}
   */
  public SecretField(String id, String label, String autocomplete) {
    super(id, label);
    input().attribute("type", "password").attribute("autocomplete", autocomplete);
    Piece toggle = Piece.of("button", "quiet small").attribute("type", "button").text("Show");
    toggle
        .attribute("aria-pressed", "false")
        .attribute("aria-label", "Show what is typed: " + label)
        .on(
            "click",
            () -> {
              shown = !shown;
              input().attribute("type", shown ? "text" : "password");
              toggle.attribute("aria-pressed", String.valueOf(shown)).text(shown ? "Hide" : "Show");
            });
    with(toggle);
    watch = new SeenWatch(element());
  }

  /** Whether a person can see this field now. */
  public boolean seen() {
    boolean now = watch.seen();
    sought &= !now;
    return now;
  }

  /**
   * Scrolls to the field and does {@code then} once the browser has looked again; false when that
   * was done and the field is still not seen.
   */
  public boolean seek(Runnable then) {
    sought = !sought;
    if (sought) {
      element().scrollIntoView();
      Globals.setTimeout(then::run, PAUSE);
    }
    return sought;
  }

  public boolean isEmpty() {
    return element().getValueText().getLength() == 0;
  }

  /** What stands there, the caller's to wipe. */
  public char[] peek() {
    Text text = element().getValueText().normalize("NFC");
    char[] typed = new char[text.getLength()];
    for (int i = 0; i < typed.length; i++) {
      typed[i] = (char) text.charCodeAt(i);
    }
    return typed;
  }

  /** What stands there, the caller's to wipe; the field is empty afterwards. */
  public char[] take() {
    char[] typed = peek();
    set("");
    return typed;
  }
}
