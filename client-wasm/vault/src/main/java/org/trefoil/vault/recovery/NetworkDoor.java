package org.trefoil.vault.recovery;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.vault.browser.LookUp;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;

/** Has the page loaded anew, open to one server that the person names, and says what that means. */
final class NetworkDoor {
  private final Desk desk;
  private final Field base;
  private final Note note;
  private final Token wrong;
  private final Piece box;

  /**
   * A button below a field.
   *
   * @param wrong the refusal of what is no address
   * @param learns what the server learns
   */
  NetworkDoor(
      Desk desk, Field base, Note note, Token wrong, String title, String testId, String learns) {
    this.desk = desk;
    this.base = base;
    this.note = note;
    this.wrong = wrong;
    box =
        Piece.of("div", "card")
            .add(
                Piece.says(
                    "This page can ask it by itself, if you say so. It is loaded anew then, may"
                        + " reach that one server, and takes no keys until you go back: what was"
                        + " read from your sheets is forgotten. "
                        + learns),
                Piece.button(title, testId, desk.safely(this::open)).looks("quiet"));
  }

  Piece box() {
    return box;
  }

  /** A field for the address of an Esplora interface. */
  static Field field() {
    return new Field("explorer", "Address of its interface (Esplora)");
  }

  /** The address as it was typed, without slashes at its end; empty when it is none. */
  static String url(Field field) {
    String text = field.text();
    boolean fine = text.startsWith("https://") || text.startsWith("http://");
    for (char c : text.toCharArray()) {
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      fine &= plain || ":/.-_~[]".indexOf(c) >= 0;
    }
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return fine && end > "https://".length() ? text.substring(0, end) : "";
  }

  private void open() {
    String url = url(base);
    if (url.isEmpty()) {
      Refusal why = Refusal.of(wrong);
      desk.outbox().refused(why);
      base.refuse(why);
    } else {
      LookUp.open(note.write(), url);
    }
  }
}
