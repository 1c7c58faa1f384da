package org.trefoil.server.app;

import java.util.function.Supplier;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.server.account.AccountStore;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.members.MemberNews;
import org.trefoil.server.wallets.WalletRecord;

/**
 * Mails who was asked to a wallet, who came and who went: to the owner and to whom it is about. A
 * link opens a page and does nothing by itself.
 */
record MemberLetters(AccountStore accounts, Mailroom mail, Supplier<String> origin)
    implements MemberNews {
  @Override
  public void invited(WalletRecord wallet, String email, MemberRole role, String by, String token) {
    mail.write(
        null,
        email,
        "You are asked to a Trefoil wallet",
        by
            + " asks you to be a member of the wallet “"
            + wallet.name()
            + "”, as "
            + role.word()
            + ". Open this page within seven days to see what that means, and to accept. It is good"
            + " once:\n"
            + origin.get()
            + "/invitations/"
            + token
            + "\nIf you do not know who that is, do nothing.");
    toOwner(
        wallet,
        "Somebody is asked to your wallet",
        by
            + " asked "
            + email
            + " to be a member of the wallet “"
            + wallet.name()
            + "”, as "
            + role.word()
            + ". It took a second factor.\nIf you do not want that, cancel it on the wallet's page"
            + " of members:\n"
            + page(wallet));
  }

  @Override
  public void joined(WalletRecord wallet, String accountId, MemberRole role) {
    toOwner(
        wallet,
        "Your wallet has a new member",
        email(accountId)
            + " is a member of the wallet “"
            + wallet.name()
            + "” from now on, as "
            + role.word()
            + ".\nIf you do not want that, remove them on its page of members:\n"
            + page(wallet));
    write(
        accountId,
        "You are a member of a wallet",
        "You are a member of the wallet “" + wallet.name() + "”, as " + role.word() + ".");
  }

  @Override
  public void changed(WalletRecord wallet, String accountId, MemberRole role) {
    String text =
        email(accountId)
            + " is "
            + role.word()
            + " of the wallet “"
            + wallet.name()
            + "” from now on. It took a second factor of somebody who may change that.";
    toOwner(wallet, "A member of your wallet has another role", text);
    write(accountId, "You have another role at a wallet", text);
  }

  @Override
  public void removed(WalletRecord wallet, String accountId) {
    String text =
        email(accountId) + " is no member of the wallet “" + wallet.name() + "” any more.";
    toOwner(
        wallet,
        "Your wallet has a member less",
        text
            + "\nWhoever had its passcode still has it: change it, on the page “Safety” of the"
            + " wallet, if that was so.");
    write(accountId, "You are no member of a wallet any more", text);
  }

  private String page(WalletRecord wallet) {
    return origin.get() + "/wallets/" + wallet.walletId() + "/members";
  }

  private String email(String accountId) {
    return accounts.byId(accountId).map(entry -> entry.account().email()).orElse("Somebody");
  }

  private void toOwner(WalletRecord wallet, String subject, String text) {
    write(wallet.accountId(), subject, text);
  }

  private void write(String accountId, String subject, String text) {
    accounts
        .byId(accountId)
        .map(AccountStore.Entry::account)
        .ifPresent(to -> mail.write(accountId, to.email(), subject, text));
  }
}
