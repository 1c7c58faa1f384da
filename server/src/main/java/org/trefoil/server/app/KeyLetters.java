package org.trefoil.server.app;

import org.trefoil.server.account.Accounts;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.wallets.KeyNews;
import org.trefoil.server.wallets.WalletRecord;

/** Mails what became of keys to whose they are; without a link, for nothing is to be done there. */
record KeyLetters(Accounts accounts, Mailroom mail) implements KeyNews {
  private static final String FOOT =
      "\n\nTrefoil never asks by mail for a password, a passcode or the words of a sheet.\n";

  @Override
  public void passcodeChanged(WalletRecord wallet) {
    write(
        wallet,
        "The passcode of a wallet is changed",
        "The wallet \u201C"
            + wallet.name()
            + "\u201D has a new passcode. It took the old one and your second factor.\nIf this was"
            + " not you, somebody has both: make new keys with sheet A, or move your coins.");
  }

  @Override
  public void keysReplaced(WalletRecord older) {
    write(
        older,
        "A wallet has new keys",
        "The wallet \u201C"
            + older.name()
            + "\u201D has new keys. It took one of the old ones and your second factor. What is"
            + " left under the old keys can go to the new ones only.\nIf this was not you, move it"
            + " with sheet A, sheet B and your passcode, without this server: the sheets say how.");
  }

  private void write(WalletRecord wallet, String subject, String text) {
    accounts
        .find(wallet.accountId())
        .ifPresent(to -> mail.write(to.accountId(), to.email(), subject, text + FOOT));
  }
}
