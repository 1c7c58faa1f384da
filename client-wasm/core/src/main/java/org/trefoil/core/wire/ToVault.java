package org.trefoil.core.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the page says to the vault: exactly one task a frame, then what it waits for. */
public sealed interface ToVault permits ToVault.Task, PageAnswer {
  /** Whole messages are at most this many characters. */
  int MAX_LENGTH = 4 * 1024 * 1024;

  Json toJson();

  /** What a frame begins with. */
  sealed interface Task extends ToVault {}

  /** What most tasks begin with. */
  private static JsonObject about(String type, WalletView wallet, @Nullable String pin) {
    return Json.message(type).put("wallet", wallet.toJson()).put("pin", pin);
  }

  /** Reads a message as it came through the port. */
  static ToVault parse(String text) {
    return Json.parse(text, MAX_LENGTH)
        .read(
            f ->
                switch (f.text("type")) {
                  case "make-password" -> new MakePassword(f.text("email"));
                  case "prove-password" ->
                      new ProvePassword(f.base64("salt"), f.value("kdf", Kdf::fromJson));
                  case "change-password" ->
                      new ChangePassword(
                          f.text("email"), f.base64("salt"), f.value("kdf", Kdf::fromJson));
                  case "make-wallet" ->
                      new MakeWallet(
                          f.value("draft", DraftWallet::fromJson), f.text("name"), f.text("today"));
                  case "check-paper" -> new CheckPaper(f.value("wallet", WalletView::fromJson));
                  case "show-address" ->
                      new ShowAddress(
                          f.value("wallet", WalletView::fromJson),
                          f.optionalText("pin"),
                          f.optionalCount("seen"),
                          f.count("index"),
                          f.text("address"));
                  case "send" ->
                      new Send(
                          f.value("wallet", WalletView::fromJson),
                          f.optionalText("pin"),
                          f.optionalCount("seen"),
                          f.value("spendable", Spendable::fromJson),
                          f.optionalText("note"));
                  case "bump" ->
                      new Bump(
                          f.value("wallet", WalletView::fromJson),
                          f.optionalText("pin"),
                          f.optionalCount("seen"),
                          f.choice("how", SendKind.values()),
                          f.value("waiting", Waiting::fromJson));
                  case "prove-keys" ->
                      new ProveKeys(
                          f.value("question", KeyQuestion::fromJson), f.optionalText("pin"));
                  case "change-passcode" ->
                      new ChangePasscode(
                          f.value("wallet", WalletView::fromJson),
                          f.optionalText("pin"),
                          f.text("born"));
                  case "second-passcode" ->
                      new SecondPasscode(
                          f.value("wallet", WalletView::fromJson), f.optionalText("pin"));
                  case "check-passcode" ->
                      new CheckPasscode(
                          f.value("wallet", WalletView::fromJson),
                          f.optionalText("pin"),
                          f.text("now"));
                  case "make-opening" ->
                      new MakeOpening(
                          f.value("wallet", WalletView::fromJson),
                          f.optionalText("pin"),
                          f.texts("passkeys"));
                  case "print-sheet" ->
                      new PrintSheet(
                          f.value("wallet", WalletView::fromJson),
                          f.optionalText("pin"),
                          f.text("born"));
                  case "replace-keys" ->
                      new ReplaceKeys(
                          f.value("draft", DraftWallet::fromJson),
                          f.value("wallet", WalletView::fromJson),
                          f.optionalText("pin"),
                          f.text("today"));
                  case "move" ->
                      new Move(
                          f.value("wallet", WalletView::fromJson),
                          f.optionalText("pin"),
                          f.optionalCount("seen"),
                          f.value("spendable", Spendable::fromJson),
                          f.value("heirs", Heirs::fromJson),
                          f.optionalText("heirPin"));
                  case "sweep" ->
                      new Sweep(
                          f.value("wallet", WalletView::fromJson),
                          f.optionalText("pin"),
                          f.count("index"),
                          f.text("address"));
                  case "sign-rules" ->
                      new SignRules(
                          f.value("wallet", WalletView::fromJson),
                          f.optionalText("pin"),
                          f.optionalCount("seen"),
                          f.value("policy", PolicyView::fromJson),
                          f.text("rules"));
                  case "check-rules" ->
                      new CheckRules(
                          f.value("wallet", WalletView::fromJson), f.optionalText("pin"));
                  case "recover" -> new Recover();
                  default -> PageAnswer.read(f);
                });
  }

  /** Choose an account password. */
  record MakePassword(String email) implements Task {
    @Override
    public Json toJson() {
      return Json.message("make-password").put("email", email).json();
    }
  }

  /** Prove knowledge of the account password. */
  record ProvePassword(String salt, Kdf kdf) implements Task {
    @Override
    public Json toJson() {
      return Json.message("prove-password").put("salt", salt).put("kdf", kdf.toJson()).json();
    }
  }

  /** Prove the old account password and choose a new one. */
  record ChangePassword(String email, String salt, Kdf kdf) implements Task {
    @Override
    public Json toJson() {
      return Json.message("change-password")
          .put("email", email)
          .put("salt", salt)
          .put("kdf", kdf.toJson())
          .json();
    }
  }

  /** Make the keys of a new wallet; today as it stands on paper, for example 2026-11-21. */
  record MakeWallet(DraftWallet draft, String name, String today) implements Task {
    @Override
    public Json toJson() {
      return Json.message("make-wallet")
          .put("draft", draft.toJson())
          .put("name", name)
          .put("today", today)
          .json();
    }
  }

  /** Take up an interrupted birth: check the paper. */
  record CheckPaper(WalletView wallet) implements Task {
    @Override
    public Json toJson() {
      return Json.message("check-paper").put("wallet", wallet.toJson()).json();
    }
  }

  /**
   * Show a receive address.
   *
   * @param pin what this browser remembers of the key set
   * @param seen the number of the furthest receive address that this browser showed
   */
  record ShowAddress(
      WalletView wallet, @Nullable String pin, @Nullable Integer seen, int index, String address)
      implements Task {
    @Override
    public Json toJson() {
      return about("show-address", wallet, pin)
          .put("seen", seen)
          .put("index", index)
          .put("address", address)
          .json();
    }
  }

  /**
   * Take an intent, build, show and half-sign it.
   *
   * @param seen the number of the furthest change address that this browser had signed
   */
  record Send(
      WalletView wallet,
      @Nullable String pin,
      @Nullable Integer seen,
      Spendable spendable,
      @Nullable String note)
      implements Task {
    @Override
    public Json toJson() {
      return about("send", wallet, pin)
          .put("seen", seen)
          .put("spendable", spendable.toJson())
          .put("note", note)
          .json();
    }
  }

  /**
   * Speed up or replace a transaction that waits.
   *
   * @param seen as in {@link Send}
   * @param how anything but PAYMENT
   */
  record Bump(
      WalletView wallet,
      @Nullable String pin,
      @Nullable Integer seen,
      SendKind how,
      Waiting waiting)
      implements Task {
    @Override
    public Json toJson() {
      return about("bump", wallet, pin)
          .put("seen", seen)
          .put("how", how.name())
          .put("waiting", waiting.toJson())
          .json();
    }
  }

  /** Have keys of a wallet state something about the account. */
  record ProveKeys(KeyQuestion question, @Nullable String pin) implements Task {
    @Override
    public Json toJson() {
      return Json.message("prove-keys").put("question", question.toJson()).put("pin", pin).json();
    }
  }

  /**
   * Seal the user key under another passcode.
   *
   * @param pin what this browser remembers of the key set
   * @param born the day that stands on the sheets
   */
  record ChangePasscode(WalletView wallet, @Nullable String pin, String born) implements Task {
    @Override
    public Json toJson() {
      return about("change-passcode", wallet, pin).put("born", born).json();
    }
  }

  /** Set, change or remove the second passcode. */
  record SecondPasscode(WalletView wallet, @Nullable String pin) implements Task {
    @Override
    public Json toJson() {
      return about("second-passcode", wallet, pin).json();
    }
  }

  /** Try the passcode; {@code now} is the server's word for the time, which its mark covers. */
  record CheckPasscode(WalletView wallet, @Nullable String pin, String now) implements Task {
    @Override
    public Json toJson() {
      return about("check-passcode", wallet, pin).put("now", now).json();
    }
  }

  /**
   * Make another way into the envelope, by a passkey and a PIN.
   *
   * @param passkeys credential ids of those that may be asked, in base64
   */
  record MakeOpening(WalletView wallet, @Nullable String pin, List<String> passkeys)
      implements Task {
    public MakeOpening {
      passkeys = List.copyOf(passkeys);
    }

    @Override
    public Json toJson() {
      return about("make-opening", wallet, pin).putTexts("passkeys", passkeys).json();
    }
  }

  /** Print sheet B again; parameters as in {@link ChangePasscode}. */
  record PrintSheet(WalletView wallet, @Nullable String pin, String born) implements Task {
    @Override
    public Json toJson() {
      return about("print-sheet", wallet, pin).put("born", born).json();
    }
  }

  /** Make the keys of the wallet that comes after this one. */
  record ReplaceKeys(DraftWallet draft, WalletView wallet, @Nullable String pin, String today)
      implements Task {
    @Override
    public Json toJson() {
      return Json.message("replace-keys")
          .put("draft", draft.toJson())
          .put("wallet", wallet.toJson())
          .put("pin", pin)
          .put("today", today)
          .json();
    }
  }

  /**
   * Move what a replaced wallet holds to the one that came after it.
   *
   * @param seen as in {@link Send}
   * @param heirPin what this browser remembers of the last heir's key set
   */
  record Move(
      WalletView wallet,
      @Nullable String pin,
      @Nullable Integer seen,
      Spendable spendable,
      Heirs heirs,
      @Nullable String heirPin)
      implements Task {
    @Override
    public Json toJson() {
      return about("move", wallet, pin)
          .put("seen", seen)
          .put("spendable", spendable.toJson())
          .put("heirs", heirs.toJson())
          .put("heirPin", heirPin)
          .json();
    }
  }

  /**
   * Bring in the coins of another key, to the receive address at this number.
   *
   * @param pin what this browser remembers of the key set
   */
  record Sweep(WalletView wallet, @Nullable String pin, int index, String address) implements Task {
    @Override
    public Json toJson() {
      return about("sweep", wallet, pin).put("index", index).put("address", address).json();
    }
  }

  /**
   * Sign the next version of the wallet's rules.
   *
   * @param pin what this browser remembers of the key set
   * @param seen the newest version that this browser signed
   * @param rules as they are to be
   */
  record SignRules(
      WalletView wallet,
      @Nullable String pin,
      @Nullable Integer seen,
      PolicyView policy,
      String rules)
      implements Task {
    @Override
    public Json toJson() {
      return about("sign-rules", wallet, pin)
          .put("seen", seen)
          .put("policy", policy.toJson())
          .put("rules", rules)
          .json();
    }
  }

  /** Show which rules whoever co-signs holds. */
  record CheckRules(WalletView wallet, @Nullable String pin) implements Task {
    @Override
    public Json toJson() {
      return about("check-rules", wallet, pin).json();
    }
  }

  /** Open the paper and spend without a server: in recovery.html only. */
  record Recover() implements Task {
    @Override
    public Json toJson() {
      return Json.message("recover").json();
    }
  }
}
