package org.trefoil.vault.screen;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.BroughtKey;
import org.trefoil.core.wire.BroughtKeys;
import org.trefoil.core.wire.FromVault;
import org.trefoil.core.wire.KeySplit;
import org.trefoil.core.wire.PageAnswer;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.birth.Begun;
import org.trefoil.custody.birth.BirthTerms;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.birth.Endorsed;
import org.trefoil.custody.birth.Keyed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.sign.PaperStatement;
import org.trefoil.custody.slip39.ShareSet;
import org.trefoil.vault.view.Field;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.Progress;
import org.trefoil.vault.wallet.KnownWallet;

/** The birth of a wallet: whose backup key, which passcode, keys, sheets, paper check. */
final class BirthScreen implements Screen {
  /** What the next message of the page must be. */
  private enum Waiting {
    NOTHING,
    STORED,
    ACTIVE
  }

  private final Desk desk;
  private final ToVault.MakeWallet task;
  private final @Nullable Predecessor predecessor;
  private final Calibration calibration;
  private final Progress progress = new Progress("birth-progress");
  private Waiting waiting = Waiting.NOTHING;
  private @Nullable Born born;

  /** Who else owns it; null for the standard wallet. */
  private @Nullable OwnersForm owners;

  /** What was typed of them stays, however often the person goes back. */
  private @Nullable OwnersForm typed;

  BirthScreen(Desk desk, ToVault.MakeWallet task) {
    this(desk, task, null);
  }

  /** The birth of a wallet that comes after another one. */
  BirthScreen(Desk desk, ToVault.MakeWallet task, @Nullable Predecessor predecessor) {
    this.desk = desk;
    this.task = task;
    this.predecessor = predecessor;
    this.calibration = new Calibration(desk);
  }

  @Override
  public void begin() {
    calibration.begin();
    KnownWallet older = predecessor == null ? null : predecessor.wallet();
    if (older != null && !older.view().owners().isEmpty()) {
      askOwners(older);
    } else {
      choose();
    }
  }

  private void choose() {
    owners = null;
    new WhoseKeys(desk, this::chosen).show();
  }

  private void chosen(WhoseKeys.Choice choice) {
    if (choice == WhoseKeys.Choice.SEVERAL) {
      askOwners(null);
    } else {
      askPasscode(choice);
    }
  }

  /** Whose keys they are; those of the wallet before are filled in. */
  private void askOwners(@Nullable KnownWallet older) {
    OwnersForm form = typed;
    if (form == null) {
      Runnable next = () -> askPasscode(WhoseKeys.Choice.SEVERAL);
      form = new OwnersForm(desk, network(), next, this::choose);
      if (older != null) {
        form.fill(older.cosigners(), older.view().owners());
      }
      typed = form;
    }
    owners = form;
    form.show();
  }

  private void askPasscode(WhoseKeys.Choice choice) {
    boolean cold = choice == WhoseKeys.Choice.COLD;
    SplitFields split = choice == WhoseKeys.Choice.SPLIT ? new SplitFields() : null;
    Field key = new Field("cold-xpub", "Public key of your device, with its origin", "textarea");
    key.hint("It looks like [d34db33f/48'/" + coin() + "'/0'/2']" + xpub() + "…").show(cold);
    key.input().looks("mono");
    Piece actions = Piece.of("fieldset", "actions");
    NewSecret[] secret = new NewSecret[1];
    Runnable go = desk.safely(() -> submit(cold ? key : null, split, secret[0], actions));
    secret[0] = NewSecret.passcode(desk, List.of(task.name()), go);
    actions.add(
        Piece.button("Make the keys", "vault-submit", go),
        Piece.button("Back", "birth-back", desk.safely(this::choose)).looks("quiet"));
    String own = cold ? "Your cold key" : split == null ? null : "Over how many sheets?";
    String then = "Choose a passcode";
    desk.show(
        Desk.heading(own == null ? then : own),
        Piece.of("div", "narrow").add(key.box(), split == null ? Piece.of("div") : split.box()),
        Piece.of("h2").text(then).show(own != null),
        Piece.says(
            "soft",
            "It seals your key, here, before anything leaves this frame. Nobody can reset it: keep"
                + " it apart from the backup sheets. Choose another one than your password."),
        Piece.of("div", "narrow").add(secret[0].box(), progress.box()),
        actions);
  }

  private String coin() {
    return String.valueOf(network().coinType());
  }

  private String xpub() {
    return network() == Network.MAINNET ? "xpub" : "tpub";
  }

  private Network network() {
    return Network.of(task.draft().network());
  }

  private void submit(
      @Nullable Field coldKey, @Nullable SplitFields split, NewSecret secret, Piece actions) {
    if (split != null && !split.fit(desk)) {
      return;
    }
    OwnersForm several = owners;
    Endorsed endorsed = null;
    try {
      BirthTerms terms =
          BirthTerms.of(network(), task.draft().walletId(), task.draft().serverKey());
      Begun begun = Begun.begin(terms, desk.entropy());
      Keyed keyed =
          several != null
              ? withOwners(begun, several.brought())
              : coldKey != null
                  ? withCold(begun, coldKey.text())
                  : split != null
                      ? begun.withBackupSplit(split.needed(), split.count())
                      : begun.withBackupMadeHere();
      endorsed = keyed.endorse();
    } catch (RefusedException e) {
      desk.outbox().refused(e.refusal());
      if (several != null) {
        several.refuse(e.refusal());
      } else {
        (coldKey == null ? secret.first() : coldKey).refuse(e.refusal());
      }
      return;
    }
    Passcode passcode = secret.take();
    if (passcode == null) {
      endorsed.close();
      return;
    }
    actions.enable(false);
    try (passcode) {
      desk.work(
          "Sealing your key with the passcode",
          endorsed.seal(passcode, calibration.params()),
          progress,
          this::bornNow,
          why -> actions.enable(true));
    }
  }

  private static Keyed withCold(Begun begun, String expression) {
    try {
      return begun.withColdBackup(expression);
    } catch (RefusedException e) {
      begun.close();
      throw e;
    }
  }

  private static Keyed withOwners(Begun begun, BroughtKeys brought) {
    List<String> expressions = new ArrayList<>();
    for (BroughtKey key : brought.keys()) {
      expressions.add(key.key());
    }
    try {
      return begun.withOwners(brought.threshold(), expressions);
    } catch (RefusedException e) {
      begun.close();
      throw e;
    }
  }

  private void bornNow(Born wallet) {
    BroughtKeys brought = owners == null ? null : owners.brought();
    born = wallet;
    waiting = Waiting.STORED;
    desk.sayFinally("Your keys are made", Piece.says("soft", "Storing their public side …"));
    desk.outbox()
        .send(
            new FromVault.WalletBorn(
                wallet.cosigners().key(KeyRole.USER).expression(),
                brought == null ? wallet.cosigners().key(KeyRole.BACKUP).expression() : null,
                wallet.backupIsCold(),
                wallet.cosigners().descriptor(),
                MakePasswordScreen.base64(wallet.endorsement()),
                wallet.sealed().text(),
                wallet.firstAddress(),
                predecessor == null ? null : predecessor.names(wallet),
                brought,
                split(wallet),
                wallet.secondSlot(),
                predecessor == null ? null : predecessor.marks(wallet)));
  }

  private static @Nullable KeySplit split(Born wallet) {
    ShareSet shares = wallet.backupShares();
    if (shares != null) {
      return new KeySplit(shares.threshold(), shares.count());
    }
    return wallet.backupIsCold() ? null : KeySplit.WHOLE;
  }

  @Override
  public boolean told(PageAnswer message) {
    Born wallet = born;
    if (wallet == null) {
      return false;
    }
    if (message instanceof PageAnswer.WalletStored && waiting == Waiting.STORED) {
      waiting = Waiting.NOTHING;
      new PaperStep(desk, task, wallet, names(), () -> askPaper(wallet)).begin();
      return true;
    }
    if (message instanceof PageAnswer.WalletActive && waiting == Waiting.ACTIVE) {
      waiting = Waiting.NOTHING;
      done(desk);
      return true;
    }
    return false;
  }

  private void askPaper(Born wallet) {
    new PaperQuestions(desk, wallet.paperCheck(), statement -> checked(wallet, statement)).begin();
  }

  private void checked(Born wallet, PaperStatement statement) {
    wallet.close();
    if (wallet.backupIsCold()) {
      new ColdProofStep(
              desk,
              wallet.cosigners(),
              wallet.walletId(),
              names(),
              proofs -> checked(statement, proofs))
          .begin();
    } else {
      checked(statement, List.of());
    }
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    if (owners != null) {
      for (BroughtKey key : owners.brought().keys()) {
        names.add(key.name());
      }
    }
    return names;
  }

  private void checked(PaperStatement statement, List<String> coldProofs) {
    waiting = Waiting.ACTIVE;
    send(desk, statement, coldProofs);
  }

  /** Tells the page that the paper was checked, and that the vault waits for it. */
  static void send(Desk desk, PaperStatement statement, List<String> coldProofs) {
    desk.sayFinally("All is right", Piece.says("soft", "The page goes on from here."));
    desk.outbox()
        .send(
            new FromVault.PaperChecked(
                statement.by().id(), MakePasswordScreen.base64(statement.signature()), coldProofs));
  }

  /** The end of a birth. */
  static void done(Desk desk) {
    desk.sayFinally(
        "Your wallet is ready",
        Piece.says(
                "good", "Put each sheet in a different place. The wallet can receive from now on.")
            .testId("wallet-active"));
    desk.outbox().close("done");
  }

  /** Shows a refusal in place of everything. */
  static void refuse(Desk desk, Refusal why) {
    desk.refuseFinally("This wallet cannot go on", why);
  }
}
