package org.trefoil.vault.screen;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.sweep.LoneScript;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.PageAnswer;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.foreign.EncryptedKeyOpening;
import org.trefoil.custody.foreign.KeyText;
import org.trefoil.custody.keys.LoneKey;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.send.ForeignFunds;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;
import org.trefoil.vault.view.SecretField;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * Brings in the coins of another key: takes the key, has the server look for what it can spend, and
 * signs all of it over to this wallet's next address. The key is wiped as soon as it has signed, or
 * when nothing lies there; the field is emptied once its coins are found.
 */
final class SweepScreen extends WalletScreen {
  private static final int PAUSE = 2_000;

  private final ToVault.Sweep task;
  private final KeyField key;
  private final SecretField passphrase =
      new SecretField("foreign-passphrase", "Passphrase of the key", "off");
  private final Progress progress = new Progress("sweep-progress");
  private final Piece next;
  private @Nullable Address to;
  private @Nullable LoneKey open;
  private List<LoneScript> scripts = List.of();

  SweepScreen(Desk desk, ToVault.Sweep task) {
    super(desk, task.wallet(), task.pin(), "Nothing is brought in");
    this.task = task;
    Runnable go = desk.safely(this::submit);
    key = new KeyField(desk, desk.safely(this::typed), go);
    passphrase.onEnter(go);
    passphrase.show(false);
    next = Piece.button("Look what lies there", "foreign-look", go);
  }

  @Override
  void begin(KnownWallet wallet) {
    to = wallet.receiveAddress(task.index(), task.address());
    if (task.pin() == null) {
      new FirstLook(desk, wallet, "Check and go on", this::ask).show();
    } else {
      ask();
    }
  }

  private Network network() {
    return Network.of(task.wallet().network());
  }

  private void ask() {
    desk.show(
        Desk.heading("Which key?"),
        Piece.of("div", "narrow").add(key.box(), passphrase.box(), progress.box()),
        Piece.of("div", "actions").add(next));
    key.field().input().focus();
  }

  private void typed() {
    char[] text = key.peek();
    passphrase.show(KeyText.isEncrypted(text));
    Arrays.fill(text, '\0');
  }

  private void submit() {
    typed();
    if (!key.field().seen()) {
      if (!key.field().seek(desk.safely(this::submit))) {
        key.refuse(Refusal.of(Token.VAULT_COVERED));
      }
      return;
    }
    char[] text = key.peek();
    try {
      if (!KeyText.isEncrypted(text)) {
        opened(KeyText.read(text, network()));
      } else if (passphrase.isEmpty()) {
        passphrase.input().focus();
      } else {
        unlock(text);
      }
    } catch (RefusedException e) {
      key.refuse(e.refusal());
    } finally {
      Arrays.fill(text, '\0');
    }
  }

  private void unlock(char[] text) {
    char[] phrase = passphrase.take();
    try (Passcode typed = Passcode.foreign(phrase)) {
      EncryptedKeyOpening opening = EncryptedKeyOpening.begin(text, typed, network());
      next.enable(false);
      desk.work(
          "Opening the key",
          opening,
          progress,
          this::opened,
          why -> {
            next.enable(true);
            if (why.is(Token.FOREIGN_PASSPHRASE_WRONG)) {
              passphrase.refuse(why);
            } else {
              key.field().refuse(why);
            }
          });
    } finally {
      Arrays.fill(phrase, '\0');
    }
  }

  private void opened(LoneKey lone) {
    open = lone;
    scripts = LoneScript.of(lone.publicKey(true), lone.publicKey(false));
    desk.show(
        Desk.heading("Looking for its coins"),
        Piece.says(
            "soft",
            "The server reads all unspent coins, which can take several minutes. It is told"
                + " addresses of the key, and not the key."),
        progress.box());
    progress.begin("Looking");
    look();
  }

  private void look() {
    desk.outbox().send(new FromVault.LookFor(ForeignFunds.asked(scripts)));
  }

  @Override
  public boolean told(PageAnswer message) {
    if (!(message instanceof PageAnswer.Looked looked) || open == null || to == null) {
      return false;
    }
    if (looked.found().searching()) {
      progress.percent(looked.found().percent());
      Globals.setTimeout(desk.safely(this::look)::run, PAUSE);
      return true;
    }
    progress.end();
    try {
      ForeignFunds funds = new ForeignFunds(looked.found(), scripts);
      key.clear();
      new SweepReview(desk, task.wallet(), to, funds, scripts, open).show();
    } catch (RefusedException e) {
      open.close();
      again(e.refusal());
    }
    open = null; // the review has it now
    return true;
  }

  /** Nothing to be had of this key: what was typed stands there still, to be compared. */
  private void again(Refusal why) {
    next.enable(true);
    typed();
    ask();
    key.refuse(why);
  }
}
