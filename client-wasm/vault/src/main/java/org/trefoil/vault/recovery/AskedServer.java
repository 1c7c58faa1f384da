package org.trefoil.vault.recovery;

import java.util.List;
import java.util.function.Consumer;
import org.trefoil.core.Refusal;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;

/** What is shown of a server that is asked for coins: how far it is, and what it said. */
final class AskedServer {
  private final Desk desk;
  private final String name;
  private final Piece heading;
  private final Progress progress;
  private final Piece result = Piece.of("div");
  private final Piece back;

  /**
   * Nothing yet.
   *
   * @param name of the server, as people know it
   * @param progress its test id
   * @param leave goes back to the page without a network
   */
  AskedServer(Desk desk, String title, String name, String progress, Runnable leave) {
    this.desk = desk;
    this.name = name;
    this.heading = Desk.heading(title + name);
    this.progress = new Progress(progress);
    this.back = Piece.button("Go back", "look-up-back", desk.safely(leave)).looks("quiet");
  }

  Progress progress() {
    return progress;
  }

  /** Where answers are drawn. */
  Piece result() {
    return result;
  }

  void show(String says, Piece form, Piece... buttons) {
    desk.show(
        heading,
        Piece.says("soft", says),
        form,
        progress.box(),
        result,
        Piece.of("div", "actions").add(buttons).add(back));
  }

  /** Says why not in the place of an answer. */
  void refuse(Refusal why) {
    desk.outbox().refused(why);
    result.hold(Desk.alert(why));
  }

  /** Compares what it said with the wallet's addresses and shows the coins. */
  void found(Cosigners cosigners, List<String> reports, Consumer<Refusal> failed) {
    new LearntCoins(desk, cosigners, reports)
        .show(
            progress,
            result,
            () -> {
              back.show(false);
              heading.text("What " + name + " says");
            },
            failed);
  }
}
