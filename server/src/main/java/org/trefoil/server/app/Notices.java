package org.trefoil.server.app;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.AccountStore;
import org.trefoil.server.account.PasswordNews;
import org.trefoil.server.account.Session;
import org.trefoil.server.account.SignInNews;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.passkey.Passkey;
import org.trefoil.server.passkey.PasskeyNews;
import org.trefoil.server.secondfactor.FactorNews;
import org.trefoil.server.wallets.KeyNews;
import org.trefoil.server.wallets.WalletRecord;

/**
 * Mails what was done to an account or to keys to whose they are; without a link, for nothing is to
 * be done there.
 */
record Notices(AccountStore accounts, Mailroom mail)
    implements KeyNews, FactorNews, PasskeyNews, PasswordNews, SignInNews {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The table of what is written; each {@code %s} is what it is about. */
  private enum Notice {
    NEW_DEVICE(
        "A sign-in from a new browser",
        "Somebody signed in to your account with your password and second factor or with a passkey,"
            + " in a browser that had not been used for it before: %s.\nIf this was not you, change your password,"
            + " make new recovery codes, and remove every passkey that you do not know; changing the"
            + " password ends every other sign-in."),
    PASSCODE_CHANGED(
        "The passcode of a wallet is changed",
        "The wallet \u201C%s\u201D has a new passcode. It took the old one, or the key's own words,"
            + " and your second factor.\nIf this was not you, somebody has both: make new keys with"
            + " sheet A, or move your coins."),
    KEYS_BEGUN(
        "New keys were begun for a wallet",
        "Somebody who is signed in to your account began new keys in the place of those of the"
            + " wallet \u201C%s\u201D. Nothing is different yet: to put them into use takes one of the"
            + " old keys and your second factor.\nIf this was not you, change your password; that ends"
            + " every other sign-in."),
    EXPORTED(
        "A wallet was shown for other software",
        "The addresses of the wallet \u201C%s\u201D were shown, or saved as a file for other software."
            + " Whoever has such a file moves nothing, and sees every payment.\nIf this was not you,"
            + " change your password; that ends every other sign-in."),
    SENT(
        "Coins were sent",
        "%s\nIf this was not you, change"
            + " your passcode and password, make new recovery codes, and move your coins.\n"
            + "The account page turns this mail off."),
    RECEIVED("Coins came in", "%s\nThe account page turns this mail off."),
    DAILY(
        "Coins of the last day",
        "What went out and came in, with the times in UTC:\n\n%s\n\nIf one of these was not you, change"
            + " your passcode and password, make new recovery codes, and move your coins.\n"
            + "The account page turns this mail off."),
    KEYS_REPLACED(
        "A wallet has new keys",
        "The wallet \u201C%s\u201D has new keys. It took one of the old ones and your second factor."
            + " What is left under the old keys can go to the new ones only.\nIf this was not you,"
            + " move it with sheet A, sheet B and your passcode, without this server: the sheets say"
            + " how."),
    PASSWORD_CHANGED(
        "Your Trefoil password was changed",
        "The account %s has a new password. It took the old one and your second factor, and every"
            + " other sign-in was ended.\nIf this was not you, ask for a new password by mail, and"
            + " then make new recovery codes: somebody has your second factor."),
    PASSKEY_ADDED(
        "Your Trefoil account has a new passkey",
        "The passkey \u201C%s\u201D was added. It confirms sends as your authenticator app does. It"
            + " took your second factor, and every other sign-in was ended.\nIf this was not you,"
            + " remove it on the page of your account and change your password: somebody has both."),
    PASSKEY_SIGNS_IN(
        "A passkey signs in to your Trefoil account without the password",
        "The passkey \u201C%s\u201D signs in from now on without your password. It took your second"
            + " factor, and every other sign-in was ended.\nIf this was not you, remove it on the page"
            + " of your passkeys and change your password: somebody has both."),
    LESS_MAIL(
        "Mail about coins was changed",
        "Somebody who is signed in to your account chose that mail about coins that %s.\nIf this"
            + " was not you, have it sent each time again on the account page and change your password; that ends"
            + " every other sign-in."),
    PASSKEY_REMOVED(
        "A passkey of your Trefoil account was removed",
        "The passkey \u201C%s\u201D was removed. It took your second factor, and every other sign-in"
            + " was ended.\nIf this was not you, change your password and make new recovery codes:"
            + " somebody has both."),
    OPENING_ADDED(
        "A passkey opens the key of a wallet",
        "%s opens your key from now on, together with its PIN, as the passcode does. It took your"
            + " second factor.\nIf this was not you, somebody has your passcode or is trying to pass"
            + " for you: remove it on the wallet's page of the passcode, and make new keys with sheet"
            + " A."),
    OPENING_REMOVED(
        "A passkey does not open the key of a wallet any more",
        "%s does not open your key any more; the passcode does, as before. It took your second"
            + " factor.\nIf this was not you, change your password and make new recovery codes:"
            + " somebody has both."),
    RECOVERY_USED(
        "A recovery code was used",
        "One of your recovery codes was given in place of a code of your authenticator app; %s are"
            + " left.\nIf this was not you, change your password and make new recovery codes:"
            + " somebody has both."),
    RECOVERY_RENEWED(
        "You have new recovery codes",
        "There are new recovery codes for the account %s; the old ones are dead.\nIf this was not"
            + " you, change your password, and have the second factor replaced: somebody has both.");

    private final String subject;
    private final String text;

    Notice(String subject, String text) {
      this.subject = subject;
      this.text = text;
    }
  }

  @Override
  public void passcodeChanged(WalletRecord wallet) {
    write(wallet.accountId(), Notice.PASSCODE_CHANGED, wallet.name());
  }

  @Override
  public void openingAdded(WalletRecord wallet, Passkey passkey) {
    write(wallet.accountId(), Notice.OPENING_ADDED, both(wallet, passkey));
  }

  @Override
  public void openingRemoved(WalletRecord wallet, Passkey passkey) {
    write(wallet.accountId(), Notice.OPENING_REMOVED, both(wallet, passkey));
  }

  private static String both(WalletRecord wallet, Passkey passkey) {
    return "Wallet \u201C"
        + wallet.name()
        + "\u201D: the passkey \u201C"
        + passkey.name()
        + "\u201D";
  }

  @Override
  public void keysBegun(WalletRecord older) {
    write(older.accountId(), Notice.KEYS_BEGUN, older.name());
  }

  @Override
  public void exported(WalletRecord wallet) {
    write(wallet.accountId(), Notice.EXPORTED, wallet.name());
  }

  /**
   * Tells that coins were sent, in the words of {@link PaymentNotices}.
   *
   * @param lines each its own mail, by the account
   */
  void sent(Map<String, List<String>> lines) {
    write(Notice.SENT, lines);
  }

  /** The same of coins that came in. */
  void received(Map<String, List<String>> lines) {
    write(Notice.RECEIVED, lines);
  }

  private void write(Notice notice, Map<String, List<String>> lines) {
    accounts
        .emails(lines.keySet())
        .forEach(
            (accountId, email) ->
                lines
                    .getOrDefault(accountId, List.of())
                    .forEach(
                        line ->
                            mail.write(
                                accountId,
                                email,
                                notice.subject,
                                notice.text.replace("%s", line))));
  }

  /** Tells of all that was gathered. */
  void daily(String accountId, List<String> lines) {
    write(accountId, Notice.DAILY, String.join("\n", lines));
  }

  /** Tells that mail comes less often from now on. */
  void lessMail(String accountId, String how) {
    write(accountId, Notice.LESS_MAIL, how);
  }

  @Override
  public void keysReplaced(WalletRecord older) {
    write(older.accountId(), Notice.KEYS_REPLACED, older.name());
  }

  @Override
  public void passwordChanged(Account account) {
    write(account.accountId(), Notice.PASSWORD_CHANGED, account.email());
  }

  @Override
  public void newDevice(Session.Entry session) {
    write(session.accountId(), Notice.NEW_DEVICE, session.place());
  }

  @Override
  public void passkeyAdded(Passkey passkey, @Nullable Instant from) {
    write(passkey.accountId(), Notice.PASSKEY_ADDED, passkey.name(), since(from));
  }

  @Override
  public void passkeySignsIn(Passkey passkey) {
    write(passkey.accountId(), Notice.PASSKEY_SIGNS_IN, passkey.name());
  }

  @Override
  public void passkeyRemoved(Passkey passkey) {
    write(passkey.accountId(), Notice.PASSKEY_REMOVED, passkey.name());
  }

  @Override
  public void recoveryUsed(String accountId, int left) {
    write(accountId, Notice.RECOVERY_USED, Integer.toString(left));
  }

  @Override
  public void recoveryRenewed(String accountId, @Nullable Instant from) {
    accounts
        .byId(accountId)
        .map(entry -> entry.account().email())
        .ifPresent(email -> write(accountId, Notice.RECOVERY_RENEWED, email, since(from)));
  }

  /** What a new factor is worth before it counts. */
  private static String since(@Nullable Instant from) {
    return from == null
        ? ""
        : "\nSends and changes of rules are confirmed with it from " + TIME.format(from) + " on.";
  }

  private void write(String accountId, Notice notice, String about) {
    write(accountId, notice, about, "");
  }

  private void write(String accountId, Notice notice, String about, String more) {
    String text = notice.text.replace("%s", about) + more;
    accounts
        .byId(accountId)
        .map(AccountStore.Entry::account)
        .ifPresent(to -> mail.write(to.accountId(), to.email(), notice.subject, text));
  }
}
