package org.trefoil.vault.recovery;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.recover.CoreQuestions;
import org.trefoil.custody.recover.NodeWalk;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.browser.LookUp;
import org.trefoil.vault.screen.Desk;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.SecretField;

/**
 * Has the one Bitcoin Core that this load of the page may reach look for the wallet's coins. Its
 * user and password are typed here, go to it alone, and are forgotten with this load of the page;
 * nothing here takes a key, a word or a passcode.
 */
final class NodeStep {
  /** Milliseconds between two looks at how far the scan is. */
  private static final int PAUSE = 2_000;

  private final Desk desk;
  private final String url;
  private final Cosigners cosigners;
  private final Field user = new Field("node-user", "Its user (rpcuser)");
  private final SecretField password =
      new SecretField("node-password", "Its password (rpcpassword)", "off");
  private final AskedServer asked;
  private final Piece form = Piece.of("div", "narrow");
  private final Piece scan;
  private final Piece stop;
  private NodeWalk walk;
  private String authorization = "";
  private boolean scanning;

  /** Answers to what was asked in an earlier turn are passed over. */
  private int turn;

  NodeStep(Desk desk, String url, Cosigners cosigners) {
    this.desk = desk;
    this.url = url + "/";
    this.cosigners = cosigners;
    this.walk = new NodeWalk(cosigners);
    asked = new AskedServer(desk, "Ask ", "the node at " + host(), "node-progress", this::leave);
    Runnable go = desk.safely(this::go);
    user.hint("Or leave it empty, and give the whole line in the node's file .cookie as password.");
    user.onEnter(go);
    password.onEnter(go);
    scan = Piece.button("Scan for coins", "node-scan", go);
    stop = Piece.button("Stop", "node-stop", desk.safely(this::stopped)).looks("quiet").show(false);
  }

  private String host() {
    return LookUpStep.host(url);
  }

  void show() {
    form.hold(user.box(), password.box());
    asked.show(
        "It looks through all coins there are, which takes it some minutes. User and password go"
            + " to this node alone and are forgotten when you leave.",
        form,
        scan,
        stop);
    user.input().focus();
  }

  private void go() {
    if (password.isEmpty()) {
      password.input().focus();
      return;
    }
    authorization = authorization(user.text(), password.take());
    walk = new NodeWalk(cosigners);
    asked.result().hold();
    running(true);
    asked.progress().begin("The node begins to look");
    next();
    look();
  }

  /** The header's value; wipes the password. */
  private static String authorization(String user, char[] password) {
    String before = user.isEmpty() ? "" : user + ":";
    char[] both = Arrays.copyOf(before.toCharArray(), before.length() + password.length);
    System.arraycopy(password, 0, both, before.length(), password.length);
    byte[] bytes = new String(both).getBytes(StandardCharsets.UTF_8);
    Arrays.fill(password, '\0');
    Arrays.fill(both, '\0');
    String value = "Basic " + Base64.getEncoder().encodeToString(bytes);
    Arrays.fill(bytes, (byte) 0);
    return value;
  }

  private void running(boolean now) {
    turn++;
    scanning = now;
    form.show(!now);
    scan.show(!now);
    stop.show(now);
  }

  private void next() {
    String body = walk.body();
    if (body == null) {
      running(false);
      form.show(false);
      scan.show(false);
      found();
      return;
    }
    int mine = turn;
    LookUp.ask(
        url,
        body,
        authorization,
        (status, text) -> desk.safely(() -> answered(mine, status, text)).run(),
        desk.safely(() -> unreachable(mine)));
  }

  private void answered(int mine, int status, String text) {
    if (mine != turn) {
      return;
    }
    if (status == 401 || status == 403) {
      failed(Refusal.of(Token.NODE_DENIED, "host", host(), "status", "" + status));
    } else if (status != 200) {
      failed(
          Refusal.of(
              Token.EXPLORER_REFUSED,
              "host",
              host(),
              "status",
              "" + status,
              "reason",
              NodeWalk.reason(text)));
    } else {
      try {
        walk.answered(text);
      } catch (RefusedException e) {
        failed(e.refusal());
        return;
      }
      next();
    }
  }

  /** Asks how far the scan is, again and again while it runs. */
  private void look() {
    int mine = turn;
    Globals.setTimeout(
        desk.safely(
                () -> {
                  if (mine == turn) {
                    tell(CoreQuestions.scanStatusBody(), this::looked);
                  }
                })
            ::run,
        PAUSE);
  }

  private void looked(String answer) {
    if (scanning) {
      int percent = NodeWalk.percent(answer);
      asked.progress().begin("The node looks through all coins: " + percent + " %");
      asked.progress().percent(percent);
      look();
    }
  }

  /** Tells the node something beside the scan; what is wrong with that, the scan itself says. */
  private void tell(String body, Consumer<String> heard) {
    LookUp.ask(
        url,
        body,
        authorization,
        (status, text) -> desk.safely(() -> heard.accept(text)).run(),
        desk.safely(() -> heard.accept("")));
  }

  private void stopped() {
    running(false);
    asked.progress().end();
    tell(CoreQuestions.scanAbortBody(), answer -> {});
    authorization = "";
  }

  private void unreachable(int mine) {
    if (mine != turn) {
      return;
    }
    failed(Refusal.of(Token.NODE_UNREACHABLE, "host", host()));
    asked
        .result()
        .add(new CopyText("scan-command", "Command", CoreQuestions.scanCommand(cosigners)).box());
  }

  private void failed(Refusal why) {
    running(false);
    asked.progress().end();
    authorization = "";
    asked.refuse(why);
  }

  private void found() {
    authorization = "";
    asked.found(cosigners, walk.reports(), this::failed);
  }

  /** A scan that nobody waits for any more is ended first. */
  private void leave() {
    Runnable close = () -> LookUp.close(Note.of(cosigners, List.of(), "").write());
    if (scanning) {
      running(false);
      tell(CoreQuestions.scanAbortBody(), answer -> close.run());
    } else {
      close.run();
    }
  }
}
