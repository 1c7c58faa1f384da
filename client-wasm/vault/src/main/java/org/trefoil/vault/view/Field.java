package org.trefoil.vault.view;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.vault.browser.Element;

/** A labelled input with its own place for a refusal. */
public class Field {
  private final Piece box;
  private final Piece line = Piece.of("div", "joined");
  private final Piece input;
  private final Piece hint;
  private final Piece refusal;

  /**
   * An empty text field.
   *
   * @param id unique in the document, also its test id
   */
  public Field(String id, String label) {
    this(id, label, "input");
  }

  /** The same with several lines: {@code tag} is a textarea. */
  public Field(String id, String label, String tag) {
    String refusalId = id + "-refusal";
    input =
        Piece.of(tag)
            .attribute("id", id)
            .attribute("autocomplete", "off")
            .attribute("autocapitalize", "off")
            .attribute("spellcheck", "false")
            .attribute("aria-describedby", id + "-hint " + refusalId)
            .testId(id);
    hint = Piece.of("p", "hint").attribute("id", id + "-hint").show(false);
    refusal =
        Piece.of("p", "refusal")
            .attribute("id", refusalId)
            .attribute("role", "alert")
            .testId("error")
            .show(false);
    Piece name = Piece.of("label").attribute("for", id).text(label);
    box = Piece.of("div", "field").add(name, line.add(input), hint, refusal);
    input.on("input", this::calm);
  }

  public Piece box() {
    return box;
  }

  public Piece input() {
    return input;
  }

  Element element() {
    return input.element();
  }

  /** Adds something to the right of the input. */
  public Field with(Piece beside) {
    line.add(beside);
    return this;
  }

  /** Adds something below the input. */
  public Field below(Piece piece) {
    box.add(piece);
    return this;
  }

  public Field hint(String text) {
    hint.text(text).show(true);
    return this;
  }

  public Field onInput(Runnable action) {
    input.on("input", action);
    return this;
  }

  public Field onEnter(Runnable action) {
    input.onEnter(action);
    return this;
  }

  public String text() {
    return element().getValue().trim();
  }

  public void set(String text) {
    element().setValue(text);
  }

  public Field show(boolean shown) {
    box.show(shown);
    return this;
  }

  /** Says why not, beside the field, and brings the person there. */
  public void refuse(Refusal why) {
    say(why);
    input.focus();
  }

  /** Says why not, without moving the focus. */
  public void say(Refusal why) {
    refusal.attribute("data-token", why.token()).text(Wording.of(why)).show(true);
    input.attribute("aria-invalid", "true");
  }

  /**
   * Selects the character that a refusal names.
   *
   * @param position from 1, blanks not counted; null selects nothing
   */
  public void mark(@Nullable String position) {
    if (position == null) {
      return;
    }
    int left = Integer.parseInt(position);
    String text = element().getValue();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > ' ' && --left == 0) {
        element().setSelectionRange(i, i + 1);
      }
    }
  }

  public final void calm() {
    refusal.text("").show(false);
    element().removeAttribute("aria-invalid");
  }
}
