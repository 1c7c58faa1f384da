package org.trefoil.server.regain;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.trefoil.server.account.Account;
import org.trefoil.server.mail.Mailroom;

/**
 * What is written to people: plain text. A link in it opens a page and does nothing by itself; no
 * mail asks for a passcode or for words, and each says so.
 */
final class Letters {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String NOT_YOU =
      "If this was not you, open this page and cancel it; that is final:\n";

  private final Mailroom mail;
  private final SiteLinks site;

  Letters(Mailroom mail, SiteLinks site) {
    this.mail = mail;
    this.site = site;
  }

  void passwordLink(Account to, String token) {
    write(
        to,
        "A new password for Trefoil",
        "Somebody, probably you, asked for a new password for this address. This page asks for"
            + " your second factor and then takes the password; it works once, within "
            + PasswordLinks.LIFE.toMinutes()
            + " minutes:\n"
            + site.newPassword(token)
            + "\n\nIt opens your account, never a key: the passcodes of your wallets stay as they"
            + " are.\nIf it was not you, do nothing. Without your second factor the page is of no"
            + " use.");
  }

  void passwordSet(Account to) {
    write(
        to,
        "Your Trefoil password is changed",
        "Your account has a new password, set by a link from a mail and your second factor. Every"
            + " sign-in was ended.\nIf this was not you, somebody reads your mail and has your"
            + " second factor: ask for a new password at once and change both.\n"
            + site.signIn());
  }

  void resetBegun(Account to, Instant ready, String cancel) {
    write(
        to,
        "Your second factor is to be replaced",
        "Somebody with your password, and with the passcode of your wallet if you have one, asked"
            + " to replace the second factor of your account. Nothing happens before "
            + TIME.format(ready)
            + "; then a link comes to this address.\n"
            + NOT_YOU
            + site.cancel(cancel));
  }

  void resetWaits(Account to, Instant ready, Duration left, String cancel) {
    write(
        to,
        "Your second factor is still to be replaced",
        "In "
            + Math.max(1, left.toHours())
            + " hours, at "
            + TIME.format(ready)
            + ", the second factor of your account can be replaced, as was asked.\n"
            + NOT_YOU
            + site.cancel(cancel));
  }

  void resetReady(Account to, Instant until, String token, String cancel) {
    write(
        to,
        "Your second factor can be replaced now",
        "Sign in with your password, and then open this page to enrol a new authenticator app. It"
            + " works once, until "
            + TIME.format(until)
            + ":\n"
            + site.newFactor(token)
            + "\n\n"
            + NOT_YOU
            + site.cancel(cancel));
  }

  void resetByKeys(Account to, String cancel) {
    write(
        to,
        "Your second factor is being replaced",
        "The user key and the backup key of your wallet asked to replace the second factor of your"
            + " account, and it is being done now.\n"
            + NOT_YOU
            + site.cancel(cancel));
  }

  void resetEnded(Account to, String why) {
    write(to, "Your second factor stays as it is", "Its replacement " + why + ".");
  }

  void factorReplaced(Account to) {
    write(
        to,
        "Your second factor is replaced",
        "Your account has a new authenticator app and new recovery codes. The old ones and all"
            + " passkeys are dead, and every other sign-in was ended.\nIf this was not you, move your coins: somebody"
            + " has your password and keys of your wallet.");
  }

  void emailAsked(Account old, String fresh, String token, String cancel) {
    mail.write(
        old.accountId(),
        fresh,
        "Your new address at Trefoil",
        "Open this page to take this address for your Trefoil account, within "
            + EmailChanges.LIFE.toHours()
            + " hours:\n"
            + site.newEmail(token)
            + "\n\nIf you have no such account, do nothing.");
    emailAskedTold(old, fresh, cancel);
  }

  /** The same for an address that is another account's, or this one's: no link takes it. */
  void emailIsTaken(Account old, Account fresh, String cancel) {
    write(
        fresh,
        "You have this address at Trefoil already",
        "Somebody, perhaps you, asked that a Trefoil account get this address. One has it already,"
            + " and keeps it: nothing changes.\nIf it was you: sign in with this address here, or"
            + " give that account another one first.\n"
            + site.signIn()
            + "\nIf it was not you, do nothing.");
    emailAskedTold(old, fresh.email(), cancel);
  }

  private void emailAskedTold(Account old, String fresh, String cancel) {
    write(
        old,
        "Your Trefoil account is to get another address",
        "Somebody with your second factor, and with the passcode of your wallet (the password, if"
            + " you have none), asked that your account have the address "
            + fresh
            + " in place of this one. It changes once a link is opened there.\n"
            + NOT_YOU
            + site.cancel(cancel)
            + "\nThen change the passcode, make new recovery codes and have the second factor"
            + " replaced. Whoever has both can spend up to the wallet's limits: if in doubt, move"
            + " your coins.");
  }

  void emailChanged(Account before, String fresh) {
    write(
        before,
        "Your Trefoil account has another address",
        "Your account has the address "
            + fresh
            + " now, and every other sign-in was ended. This one is not used any more.\nIf this"
            + " was not you, tell whoever runs this server, and move your coins with sheet A and"
            + " your passcode.");
  }

  private void write(Account to, String subject, String text) {
    mail.write(to.accountId(), to.email(), subject, text);
  }
}
