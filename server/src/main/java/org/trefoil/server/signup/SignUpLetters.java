package org.trefoil.server.signup;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.Email;
import org.trefoil.server.mail.Mailroom;

/** What is written to an address with which somebody signs up. */
record SignUpLetters(Mailroom mail, Supplier<String> origin) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The code is in the text alone: subjects are not sealed, and show on locked phones. */
  void code(Email to, String code, Instant until) {
    mail.write(
        null,
        to.text(),
        "Your code for a Trefoil account",
        "Somebody, probably you, makes a Trefoil account with this address. This is the code that"
            + " the page asks for:\n\n    "
            + code
            + "\n\nIt holds until "
            + TIME.format(until)
            + ". The page, if you closed it:\n"
            + origin.get()
            + "/signup/code"
            + "\n\nIf it was not you, do nothing, and give the code to nobody: without it there is"
            + " no account.");
  }

  void taken(Account account) {
    mail.write(
        account.accountId(),
        account.email(),
        "You have a Trefoil account already",
        "Somebody, probably you, wanted to make a Trefoil account with this address. You have one"
            + " already, and it stays as it is. Sign in here:\n"
            + origin.get()
            + "/signin\n\nForgot the password? A new one:\n"
            + origin.get()
            + "/forgot\n\nIf it was not you, do nothing: nothing happened, and the page told them"
            + " nothing of your account.");
  }
}
