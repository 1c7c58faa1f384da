package org.trefoil.vault.browser;

import java.util.function.BiConsumer;

/**
 * The one server that recovery.html may ask while it is open to it, and the ways there and back:
 * each is a new load of the page, which forgets all but a public note.
 */
public final class LookUp {
  private LookUp() {}

  /** Loads the page anew, open to this server alone. */
  public static void open(String note, String url) {
    Globals.reload(note, "#look-up=" + url);
  }

  /** Loads the page anew, without a network. */
  public static void close(String note) {
    Globals.reload(note, "#");
  }

  /** The note that was left by the load before, once; empty when there is none. */
  public static String takeNote() {
    return Globals.takeNote();
  }

  /**
   * Asks the server.
   *
   * @param url below its address
   * @param body to be posted; empty to get
   * @param answered gets status and text
   */
  public static void ask(
      String url, String body, BiConsumer<Integer, String> answered, Runnable failed) {
    ask(url, body, "", answered, failed);
  }

  /**
   * The same of a node, which lets in by a name and a password and may think for an hour.
   *
   * @param authorization the header's value; empty for none
   */
  public static void ask(
      String url,
      String body,
      String authorization,
      BiConsumer<Integer, String> answered,
      Runnable failed) {
    Globals.ask(url, body, authorization)
        .then(answer -> answered.accept(answer.getStatus(), answer.getText()), why -> failed.run());
  }
}
