package org.trefoil.vault.view;

import org.trefoil.vault.browser.Element;
import org.trefoil.vault.browser.Globals;

/** An element in the making. Text is text, never markup. */
public final class Piece {
  private static final String SVG = "http://www.w3.org/2000/svg";

  private final Element element;

  private Piece(Element element) {
    this.element = element;
  }

  public static Piece of(String tag) {
    return new Piece(Globals.document().createElement(tag));
  }

  public static Piece of(String tag, String looks) {
    return of(tag).attribute("class", looks);
  }

  static Piece svg(String tag) {
    return new Piece(Globals.document().createElementNS(SVG, tag));
  }

  /** A paragraph. */
  public static Piece says(String text) {
    return of("p").text(text);
  }

  /** A paragraph with a look. */
  public static Piece says(String looks, String text) {
    return of("p", looks).text(text);
  }

  /** A button that does {@code action}. */
  public static Piece button(String text, String testId, Runnable action) {
    return of("button").attribute("type", "button").testId(testId).text(text).on("click", action);
  }

  public Element element() {
    return element;
  }

  public Piece text(String text) {
    element.setTextContent(text);
    return this;
  }

  public Piece attribute(String name, String value) {
    element.setAttribute(name, value);
    return this;
  }

  public Piece looks(String classes) {
    return attribute("class", classes);
  }

  public Piece testId(String id) {
    return attribute("data-testid", id);
  }

  public Piece add(Piece... children) {
    for (Piece child : children) {
      element.appendChild(child.element);
    }
    return this;
  }

  /** These children in place of all there were. */
  public Piece hold(Piece... children) {
    element.replaceChildren();
    return add(children);
  }

  public Piece on(String event, Runnable action) {
    element.addEventListener(event, ignored -> action.run());
    return this;
  }

  /** Does {@code action} when Enter is pressed in this field. */
  public Piece onEnter(Runnable action) {
    element.addEventListener(
        "keydown",
        event -> {
          if (!event.isComposing() && event.getKey().equals("Enter")) {
            action.run();
          }
        });
    return this;
  }

  public Piece show(boolean shown) {
    element.setHidden(!shown);
    return this;
  }

  public Piece enable(boolean enabled) {
    element.setDisabled(!enabled);
    return this;
  }

  public void focus() {
    element.focus();
  }
}
