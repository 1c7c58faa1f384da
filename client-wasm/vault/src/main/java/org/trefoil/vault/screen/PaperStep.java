package org.trefoil.vault.screen;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.wire.ToVault;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.birth.Born;
import org.trefoil.custody.paper.BackupSheetContent;
import org.trefoil.custody.paper.BackupSheets;
import org.trefoil.custody.paper.SealedKeyFacts;
import org.trefoil.custody.paper.WalletFacts;
import org.trefoil.custody.passcode.Strength;
import org.trefoil.custody.slip39.ShareSet;
import org.trefoil.vault.browser.Globals;
import org.trefoil.vault.browser.SavedFile;
import org.trefoil.vault.view.Piece;
import org.trefoil.vault.view.SecretField;
import org.trefoil.vault.view.StrengthMeter;

/** Makes the backup sheets and has them saved. */
final class PaperStep {
  private final Desk desk;
  private final ToVault.MakeWallet task;
  private final Born born;
  private final List<String> owners;
  private final Runnable next;
  private final SecretField password =
      new SecretField("pdf-password", "Password for the file (optional)", "new-password");
  private final StrengthMeter meter;
  private final Piece download;
  private final Piece go;
  private final Piece saved;
  private @Nullable SavedFile file;

  /** {@code owners} are the names of those who brought keys, in the descriptor's order. */
  PaperStep(Desk desk, ToVault.MakeWallet task, Born born, List<String> owners, Runnable next) {
    this.desk = desk;
    this.task = task;
    this.born = born;
    this.owners = owners;
    this.next = next;
    this.meter =
        new StrengthMeter(password, typed -> Strength.ofPdfPassword(typed, List.of(task.name())));
    this.download =
        Piece.button("Save the backup sheets (PDF)", "download-pdf", desk.safely(this::save));
    this.go =
        Piece.button("I have the sheets, go on", "paper-continue", desk.safely(this::goOn))
            .looks("quiet")
            .enable(false);
    this.saved = Piece.says("good", "").attribute("role", "status").show(false);
  }

  void begin() {
    password.hint("Only if the file will be stored or mailed. You need it to open the file.");
    desk.show(
        Desk.heading("Save and print your backup"),
        Piece.says(whatTheyAre()),
        Piece.of("div", "narrow").add(password.box()),
        saved,
        Piece.of("div", "actions").add(download, go));
  }

  private String whatTheyAre() {
    ShareSet shares = born.backupShares();
    if (shares != null) {
      return (shares.count() + 1)
          + " sheets, each for a place of its own. Sheets A1 to A"
          + shares.count()
          + " hold one share each of the backup key: who brings "
          + shares.threshold()
          + " of them together has it. Sheet B holds your sealed key, which only the passcode opens."
          + " All say how to spend without us.";
    }
    return "Two sheets for two different places. Sheet A "
        + (!born.cosigners().has(KeyRole.BACKUP)
            ? "lists the owners' keys."
            : born.backupIsCold()
                ? "names your cold key."
                : "holds the backup key as 24 words: who has it has one of your keys.")
        + " Sheet B holds your sealed key, which only the passcode opens. Both say how to spend"
        + " without us.";
  }

  private void save() {
    char[] typed = password.peek();
    String name = fileName(task.name(), typed.length == 0 ? "backup.pdf" : "backup-encrypted.pdf");
    try {
      Refusal weak = typed.length == 0 ? null : meter.refusal();
      if (weak != null) {
        password.refuse(weak);
        return;
      }
      byte[] pdf;
      try (BackupSheetContent content = content()) {
        pdf = BackupSheets.render(content, typed.length == 0 ? null : typed, desk.entropy()::bytes);
      } catch (RefusedException e) {
        password.refuse(e.refusal());
        return;
      }
      forget();
      SavedFile fresh = new SavedFile(pdf, "application/pdf", name);
      Arrays.fill(pdf, (byte) 0);
      file = fresh;
      fresh.save();
    } finally {
      Arrays.fill(typed, '\0');
    }
    saved.text("Saved as " + name + ". " + whatNext(typed.length > 0)).show(true);
    download.looks("quiet");
    go.enable(true).looks("");
  }

  private String whatNext(boolean encrypted) {
    if (encrypted) {
      return "Open it with its password and print its sheets. Keep the password apart from the"
          + " file.";
    }
    if (born.backupShares() != null) {
      return "Open it, print its sheets, then delete the file: it holds all the shares.";
    }
    return born.backupIsCold()
        ? "Open it and print both sheets."
        : "Open it, print both sheets, then delete the file: it holds the 24 words.";
  }

  private BackupSheetContent content() {
    WalletFacts facts =
        WalletFacts.of(
                born.cosigners(),
                owners,
                task.name(),
                task.today(),
                task.draft().birthHeight(),
                Globals.recoveryDigest())
            .withLauncher(Globals.launcherDigest());
    SealedKeyFacts sealed = new SealedKeyFacts(born.sealed().text(), born.sealed().words());
    ShareSet set = born.backupShares();
    if (set != null) {
      return withShares(facts, sealed, set);
    }
    Mnemonic mnemonic = born.backupWords();
    if (mnemonic == null) {
      return BackupSheetContent.withColdKey(facts, sealed);
    }
    char[][] words = mnemonic.words();
    try (mnemonic) {
      return BackupSheetContent.withWords(facts, sealed, words);
    } finally {
      PaperQuestions.wipe(words);
    }
  }

  private static BackupSheetContent withShares(
      WalletFacts facts, SealedKeyFacts sealed, ShareSet set) {
    char[][][] shares = new char[set.count()][][];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = set.words(i + 1);
    }
    try {
      return BackupSheetContent.withShares(facts, sealed, set.threshold(), shares);
    } finally {
      for (char[][] words : shares) {
        PaperQuestions.wipe(words);
      }
    }
  }

  /** {@code trefoil-savings-backup.pdf}: plain letters and digits of the name only. */
  static String fileName(String wallet, String kind) {
    StringBuilder name = new StringBuilder();
    for (byte b : wallet.getBytes(StandardCharsets.UTF_8)) {
      int c = b >= 'A' && b <= 'Z' ? b + 32 : b;
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (plain) {
        name.append((char) c);
      } else if (name.length() > 0 && name.charAt(name.length() - 1) != '-') {
        name.append('-');
      }
    }
    boolean dangling = name.length() > 0 && name.charAt(name.length() - 1) == '-';
    return "trefoil-" + name + (dangling || name.length() == 0 ? "" : "-") + kind;
  }

  private void goOn() {
    forget();
    password.set("");
    next.run();
  }

  private void forget() {
    SavedFile old = file;
    if (old != null) {
      old.close();
      file = null;
    }
  }
}
