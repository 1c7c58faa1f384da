package org.trefoil.vault.screen;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.PageAnswer;
import org.trefoil.core.wire.PasskeySalt;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.EntropyMissing;
import org.trefoil.custody.passcode.PrfOutput;
import org.trefoil.custody.slices.SlicedWork;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.port.Outbox;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;
import org.trefoil.vault.view.Wording;

/** What every screen works with: the frame's one area, the way out, entropy, and long work. */
public final class Desk {
  /** The browser paints between slices of this many milliseconds. */
  private static final int SLICE = 40;

  private final Piece area;
  private final Outbox outbox;
  private final Entropy entropy;
  private final RuleQuestion rules = new RuleQuestion(this);
  private int shown;
  private int awaited;
  private @Nullable PasskeyWait waiting;

  public Desk(Piece area, Outbox outbox, Entropy entropy) {
    this.area = area;
    this.outbox = outbox;
    this.entropy = entropy;
  }

  public Outbox outbox() {
    return outbox;
  }

  public Entropy entropy() {
    return entropy;
  }

  /** What the co-signer is asked. */
  RuleQuestion rules() {
    return rules;
  }

  /** A screen's heading; it gets the focus when the screen appears. */
  public static Piece heading(String text) {
    return Piece.of("h1").attribute("tabindex", "-1").text(text);
  }

  /** Who waits for a passkey. Exactly one of these is called. */
  interface PasskeyWait {
    /** {@code output} is closed afterwards. */
    void gave(String credential, PrfOutput output);

    void failed(Refusal why);

    /** Another screen is shown: whatever comes is for nobody. */
    void left();
  }

  /** Has the page ask a passkey. Only one question counts, the last one, and on its own screen. */
  void askPasskey(List<PasskeySalt> passkeys, PasskeyWait wait) {
    leave();
    waiting = wait;
    awaited++;
    outbox.send(new FromVault.AskPasskey(passkeys));
  }

  /** Whether this is the answer to a question of {@link #askPasskey} or of {@link #rules}. */
  boolean answered(PageAnswer message) {
    if (rules.answered(message)) {
      return true;
    }
    boolean gave = message instanceof PageAnswer.PasskeyGave;
    if (awaited == 0 || !(gave || message instanceof PageAnswer.PasskeyFailed)) {
      return false;
    }
    awaited--;
    PasskeyWait wait = waiting;
    if (wait == null || awaited > 0) {
      return true;
    }
    waiting = null;
    try {
      if (message instanceof PageAnswer.PasskeyGave given) {
        give(wait, given);
      } else {
        boolean answered = ((PageAnswer.PasskeyFailed) message).answered();
        wait.failed(Refusal.of(answered ? Token.PASSKEY_NO_PRF : Token.PASSKEY_SILENT));
      }
    } catch (RefusedException e) {
      wait.failed(e.refusal());
    }
    return true;
  }

  private static void give(PasskeyWait wait, PageAnswer.PasskeyGave given) {
    byte[] output = Base64.getDecoder().decode(given.output());
    try (PrfOutput prf = PrfOutput.of(output)) {
      wait.gave(given.credential(), prf);
    } finally {
      Arrays.fill(output, (byte) 0);
    }
  }

  private void leave() {
    PasskeyWait wait = waiting;
    waiting = null;
    if (wait != null) {
      wait.left();
    }
  }

  /** Shows a screen in place of the last one. */
  public void show(Piece heading, Piece... rest) {
    shown++;
    leave();
    area.hold(heading).add(rest);
    heading.focus();
  }

  /** A screen that says one thing, good or bad, and offers nothing. */
  public void sayFinally(String title, Piece says) {
    show(heading(title), says);
  }

  /** A refusal that ends the task: nothing else is offered. */
  public void refuseFinally(String title, Refusal why) {
    sayFinally(title, alert(why));
    outbox.refused(why);
  }

  public static Piece alert(Refusal why) {
    return Piece.says("alert", Wording.of(why))
        .attribute("role", "alert")
        .testId("error")
        .attribute("data-token", why.token());
  }

  /** A button that says in a sentence what it leads to. */
  public Piece choice(String testId, String title, String text, Runnable action) {
    return Piece.of("button", "choice")
        .attribute("type", "button")
        .testId(testId)
        .add(Piece.of("strong").text(title), Piece.of("span").text(text))
        .on("click", safely(action));
  }

  /** {@code action} for a listener: what goes wrong in it ends the vault instead of going on. */
  public Runnable safely(Runnable action) {
    return () -> {
      try {
        action.run();
      } catch (RuntimeException e) {
        stop(e);
      }
    };
  }

  /** Ends the vault after something that no screen foresaw. */
  private void stop(RuntimeException e) {
    Refusal why = Refusal.of(Token.INTERNAL_ERROR);
    if (e instanceof RefusedException refused) {
      why = refused.refusal();
    } else if (e instanceof EntropyMissing) {
      why = Refusal.of(Token.ENTROPY_MISSING);
    }
    refuseFinally("The vault stopped", why);
    outbox.close(why.token());
  }

  /** The same for work beside which nothing is held that must be wiped. */
  public <T> void work(
      String what,
      SlicedWork<T> work,
      Progress progress,
      Consumer<T> done,
      Consumer<Refusal> refused) {
    work(what, work, progress, done, refused, () -> {});
  }

  /**
   * Does long work in slices, so that the browser can paint between them. It belongs to the screen
   * that is shown now: with another one shown it is dropped, and its result is for nobody. Exactly
   * one of {@code done}, {@code refused} and {@code left} is called.
   *
   * @param left closes what is held beside the work; {@code work} is closed in any case
   */
  public <T> void work(
      String what,
      SlicedWork<T> work,
      Progress progress,
      Consumer<T> done,
      Consumer<Refusal> refused,
      Runnable left) {
    progress.begin(what);
    new Turn<>(what, work, progress, done, refused, left).take();
  }

  private final class Turn<T> {
    private final String what;
    private final SlicedWork<T> work;
    private final Progress progress;
    private final Consumer<T> done;
    private final Consumer<Refusal> refused;
    private final Runnable left;
    private final int screen = shown;
    private int told = -1;

    Turn(
        String what,
        SlicedWork<T> work,
        Progress progress,
        Consumer<T> done,
        Consumer<Refusal> refused,
        Runnable left) {
      this.what = what;
      this.work = work;
      this.progress = progress;
      this.done = done;
      this.refused = refused;
      this.left = left;
    }

    void take() {
      Globals.setTimeout(safely(this::slice)::run, 0);
    }

    private void slice() {
      if (screen != shown) {
        drop();
        return;
      }
      double end = Globals.performance().now() + SLICE;
      boolean more = true;
      while (more && Globals.performance().now() < end) {
        more = work.step();
      }
      int percent = work.percent();
      progress.percent(percent);
      if (percent / 10 != told / 10 || told < 0) {
        told = percent;
        outbox.send(new FromVault.Busy(what, percent));
      }
      if (more) {
        take();
      } else {
        finish();
      }
    }

    private void drop() {
      work.close();
      progress.end();
      outbox.send(new FromVault.Busy(what, 100));
      left.run();
    }

    private void finish() {
      T result;
      try {
        result = work.finish();
      } catch (RefusedException e) {
        work.close();
        progress.end();
        outbox.refused(e.refusal());
        refused.accept(e.refusal());
        return;
      }
      work.close();
      progress.end();
      done.accept(result);
    }
  }
}
