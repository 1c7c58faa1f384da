package org.trefoil.vault.screen;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.wire.PageAnswer;
import org.trefoil.core.wire.SendKind;
import org.trefoil.core.wire.ToVault;

/** One task a frame: hears the page's messages and closes at the first that is not expected. */
public final class Frame {
  private final Desk desk;
  private final @Nullable Supplier<Screen> recovery;
  private @Nullable Screen screen;

  /**
   * Waits for the task.
   *
   * @param recovery begins the recovery in its own file; null in the frame of a page, where that
   *     task is unknown
   */
  public Frame(Desk desk, @Nullable Supplier<Screen> recovery) {
    this.desk = desk;
    this.recovery = recovery;
  }

  /** Hears a message as it came through the port. */
  public void hear(String text) {
    ToVault message;
    try {
      message = ToVault.parse(text);
    } catch (RefusedException e) {
      close(e.refusal());
      return;
    }
    boolean expected =
        message instanceof ToVault.Task task ? starts(task) : hears((PageAnswer) message);
    if (!expected) {
      close(Refusal.of(Token.UNKNOWN_MESSAGE));
    }
  }

  private boolean starts(ToVault.Task task) {
    Screen first = screen == null ? screenFor(task) : null;
    if (first == null) {
      return false;
    }
    screen = first;
    first.begin();
    return true;
  }

  private boolean hears(PageAnswer answer) {
    Screen current = screen;
    return current != null && (desk.answered(answer) || current.told(answer));
  }

  private @Nullable Screen screenFor(ToVault.Task task) {
    if (task instanceof ToVault.MakePassword make) {
      return new MakePasswordScreen(desk, make);
    }
    if (task instanceof ToVault.ProvePassword prove) {
      return new ProvePasswordScreen(desk, prove);
    }
    if (task instanceof ToVault.ChangePassword change) {
      return new ChangePasswordScreen(desk, change);
    }
    if (task instanceof ToVault.MakeWallet make) {
      return new BirthScreen(desk, make);
    }
    if (task instanceof ToVault.CheckPaper check) {
      return new CheckPaperScreen(desk, check);
    }
    if (task instanceof ToVault.ChangePasscode change) {
      return new ChangePasscodeScreen(desk, change);
    }
    if (task instanceof ToVault.SecondPasscode second) {
      return new SecondPasscodeScreen(desk, second);
    }
    if (task instanceof ToVault.CheckPasscode check) {
      return new CheckPasscodeScreen(desk, check);
    }
    if (task instanceof ToVault.MakeOpening make) {
      return new MakeOpeningScreen(desk, make);
    }
    if (task instanceof ToVault.PrintSheet print) {
      return new PrintSheetScreen(desk, print);
    }
    if (task instanceof ToVault.ReplaceKeys replace) {
      return new ReplaceKeysScreen(desk, replace);
    }
    if (task instanceof ToVault.Move move) {
      return new MoveScreen(desk, move);
    }
    if (task instanceof ToVault.ShowAddress show) {
      return new AddressScreen(desk, show);
    }
    if (task instanceof ToVault.Send send) {
      return new SendScreen(desk, send);
    }
    if (task instanceof ToVault.Sweep sweep) {
      return new SweepScreen(desk, sweep);
    }
    if (task instanceof ToVault.SignRules rules) {
      return new RulesScreen(desk, rules);
    }
    if (task instanceof ToVault.CheckRules check) {
      return new CheckRulesScreen(desk, check);
    }
    if (task instanceof ToVault.ProveKeys prove) {
      return new ProveKeysScreen(desk, prove);
    }
    if (task instanceof ToVault.Recover && recovery != null) {
      return recovery.get();
    }
    if (task instanceof ToVault.Bump bump && bump.how() != SendKind.PAYMENT) {
      return new BumpScreen(desk, bump);
    }
    return null;
  }

  private void close(Refusal why) {
    desk.refuseFinally("The vault closed", why);
    desk.outbox().close(why.token());
  }
}
