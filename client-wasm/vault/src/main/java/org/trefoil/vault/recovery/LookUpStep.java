package org.trefoil.vault.recovery;

import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.recover.EsploraWalk;
import org.trefoil.vault.browser.LookUp;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Piece;

/**
 * Asks the one server that this load of the page may reach for the wallet's coins. Nothing here
 * takes a key, a word or a passcode.
 */
final class LookUpStep {
  private final Desk desk;
  private final String url;
  private final Cosigners cosigners;
  private final EsploraWalk walk;
  private final AskedServer asked;
  private final Piece again;
  private final Piece stop;

  /** Answers to what was asked in an earlier turn are passed over. */
  private int turn;

  LookUpStep(Desk desk, String url, Cosigners cosigners) {
    this.desk = desk;
    this.url = url;
    this.cosigners = cosigners;
    this.walk = new EsploraWalk(cosigners);
    asked = new AskedServer(desk, "Asking ", host(url), "look-up-progress", () -> leave(List.of()));
    again = Piece.button("Go on asking", "look-up-again", desk.safely(this::go)).show(false);
    stop = Piece.button("Stop", "look-up-stop", desk.safely(this::stop)).looks("quiet");
  }

  /** The server's name as people know it. */
  static String host(String url) {
    int from = url.indexOf("://") + 3;
    int end = url.indexOf('/', from);
    return end < 0 ? url.substring(from) : url.substring(from, end);
  }

  void show() {
    asked.show(
        "Each address is asked for, on both branches, until "
            + EsploraWalk.GAP
            + " in a row were never used.",
        Piece.of("div"),
        again,
        stop);
    go();
  }

  private void go() {
    turn++;
    asked.result().hold();
    again.show(false);
    stop.show(true);
    next();
  }

  private void stop() {
    turn++;
    again.show(true);
    stop.show(false);
  }

  private void next() {
    String path = walk.path();
    if (path == null) {
      stop();
      again.show(false);
      found();
      return;
    }
    asked.progress().begin(walk.asked() + " addresses asked, " + walk.found() + " coins named");
    asked.progress().percent(Math.min(95, walk.asked() / 3));
    int mine = turn;
    LookUp.ask(
        url + path,
        "",
        (status, text) -> desk.safely(() -> answered(mine, status, text)).run(),
        desk.safely(() -> failed(Refusal.of(Token.EXPLORER_UNREACHABLE, "host", host(url)))));
  }

  private void answered(int mine, int status, String text) {
    if (mine != turn) {
      return;
    }
    if (status != 200) {
      failed(refused(url, status, text));
      return;
    }
    try {
      walk.answered(text);
    } catch (RefusedException e) {
      failed(e.refusal());
      return;
    }
    next();
  }

  /** A server's no, with the beginning of its reason. */
  static Refusal refused(String url, int status, String text) {
    String reason = text.length() > 200 ? text.substring(0, 200) + " …" : text;
    return Refusal.of(
        Token.EXPLORER_REFUSED,
        "host",
        host(url),
        "status",
        Integer.toString(status),
        "reason",
        reason);
  }

  private void failed(Refusal why) {
    stop();
    asked.refuse(why);
  }

  private void found() {
    if (walk.reports().isEmpty()) {
      asked.progress().end();
      asked
          .result()
          .hold(
              Piece.says("warn", "None of " + walk.asked() + " addresses holds a coin.")
                  .testId("look-up-none"));
      return;
    }
    asked.found(cosigners, walk.reports(), this::failed);
  }

  private void leave(List<String> coins) {
    turn++;
    LookUp.close(Note.of(cosigners, coins, "").write());
  }
}
