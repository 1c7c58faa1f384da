package org.trefoil.server.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.AccountStore;
import org.trefoil.server.duress.DuressNews;
import org.trefoil.server.duress.Whose;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.members.MemberRoll;
import org.trefoil.server.wallets.Wallets;

/**
 * Tells a wallet's owner and members that one of them may be forced; not the one who is, nor
 * whoever became a member just before: that may be the robber.
 */
final class DuressLetters implements DuressNews {
  /** How long ago somebody became a member who is told. */
  private static final Duration KNOWN = Duration.ofDays(7);

  private static final String SUBJECT = "Somebody may be forced to send";

  private final AccountStore accounts;
  private final MemberRoll members;
  private final Wallets wallets;
  private final Mailroom mail;
  private final InstantSource clock;

  DuressLetters(
      AccountStore accounts,
      MemberRoll members,
      Wallets wallets,
      Mailroom mail,
      InstantSource clock) {
    this.accounts = accounts;
    this.members = members;
    this.wallets = wallets;
    this.mail = mail;
    this.clock = clock;
  }

  @Override
  public void tellOthers(Whose whose) {
    Set<String> others = new LinkedHashSet<>();
    others.add(whose.owner());
    Instant known = clock.instant().minus(KNOWN);
    members.of(whose.walletId()).stream()
        .filter(member -> !member.joinedAt().isAfter(known))
        .forEach(member -> others.add(member.accountId()));
    others.remove(whose.actor());
    String text =
        members.email(whose.actor())
            + " typed the second passcode of the wallet “"
            + wallets.byId(whose.walletId()).name()
            + "”, which is for being forced. What it signs is kept and not sent, though it looks as"
            + " if it were on its way.\nDo not ask about it where whoever forces them could hear or"
            + " read it. It is over when the first passcode is typed again.";
    for (String accountId : others) {
      accounts
          .byId(accountId)
          .map(AccountStore.Entry::account)
          .map(Account::email)
          .ifPresent(email -> mail.write(accountId, email, SUBJECT, text));
    }
  }
}
