package org.trefoil.server.app;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Token;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.Rules;
import org.trefoil.server.account.AccountStore;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.rules.RuleNews;
import org.trefoil.server.spend.HoldNews;
import org.trefoil.server.spend.SendRecord;
import org.trefoil.server.wallets.WalletRecord;

/**
 * Mails what became of a wallet's rules, and what waits by them. A link opens a page and does
 * nothing by itself.
 */
record RuleLetters(AccountStore accounts, Mailroom mail, Supplier<String> origin)
    implements RuleNews, HoldNews {
  private static final int MOST_LINES = 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public void changed(WalletRecord wallet, List<String> added, List<String> removed) {
    write(
        wallet,
        "The rules of a wallet are changed",
        "The wallet “"
            + wallet.name()
            + "” has new rules. It took its passcode and your second factor. They are not looser,"
            + " so they hold at once.\n"
            + lines(added, removed)
            + "\nIf this was not you, somebody has both: make new keys.");
  }

  @Override
  public void waits(
      WalletRecord wallet, List<String> added, List<String> removed, Instant from, String link) {
    write(
        wallet,
        "The rules of a wallet are to become looser",
        "Somebody with the passcode of the wallet “"
            + wallet.name()
            + "” and your second factor made its rules looser. The new ones hold from "
            + TIME.format(from)
            + "; until then the old ones do.\n"
            + lines(added, removed)
            + "\nIf this was not you, open this page and cancel it; that is final:\n"
            + page(link));
  }

  @Override
  public void firstEntries(
      WalletRecord wallet, List<Rules.BookEntry> entries, @Nullable Instant from) {
    StringBuilder named = new StringBuilder();
    for (Rules.BookEntry entry : entries.subList(0, Math.min(MOST_LINES, entries.size()))) {
      named.append('\n').append(entry.name()).append(": ").append(entry.address());
    }
    int more = entries.size() - MOST_LINES;
    write(
        wallet,
        "The address book of a wallet has its first entry",
        "Somebody with the passcode of the wallet “"
            + wallet.name()
            + "” and your second factor wrote into its address book, which was empty."
            + (from == null ? "" : " It holds from " + TIME.format(from) + ".")
            + " Compare each address with its owner, by another way than mail:\n"
            + named
            + (more > 0 ? "\nand " + more + " more" : "")
            + "\n\nAnother address under one of these names waits as looser rules do."
            + "\nIf this was not you, stop the wallet and make new keys.");
  }

  @Override
  public void cancelled(WalletRecord wallet) {
    write(
        wallet,
        "What waited for a wallet is cancelled",
        "What was to become looser in the wallet “"
            + wallet.name()
            + "” was cancelled. Everything stays as it was.");
  }

  @Override
  public void frozen(WalletRecord wallet) {
    write(
        wallet,
        "A wallet is stopped",
        "The wallet “"
            + wallet.name()
            + "” signs nothing any more. It takes a code of your second factor and the wallet's"
            + " own delay to let it go on.\nIf this was not you, somebody is signed in to your"
            + " account: change your password.");
  }

  @Override
  public void thaws(WalletRecord wallet, Instant from, @Nullable Instant there, String link) {
    write(
        wallet,
        "A stopped wallet is to go on",
        "Somebody with your second factor lets the wallet “"
            + wallet.name()
            + "” go on. "
            + (there == null
                ? "It signs again from " + TIME.format(from)
                : "Its signer heard of that before this server did: it signs again from "
                    + TIME.format(there)
                    + ", and this server sends again from "
                    + TIME.format(from))
            + ".\nIf this was not you, open this page and keep it stopped:\n"
            + page(link));
  }

  @Override
  public void held(WalletRecord wallet, SendRecord send, Instant until) {
    write(
        wallet,
        "A send waits",
        what(wallet, send)
            + "\nBy the wallet's rules it waits until "
            + TIME.format(until)
            + " and is signed then.\n"
            + "If this was not you, sign in, cancel it on its page and stop the wallet:\n"
            + page(wallet, send));
  }

  @Override
  public void asked(WalletRecord wallet, SendRecord send, Instant until, Collection<String> asked) {
    String what = what(wallet, send);
    String ends = "\nBy the wallet's rules it takes a yes of others until " + TIME.format(until);
    for (String accountId : asked) {
      write(
          accountId,
          "Your yes or no is asked for",
          what
              + ends
              + ". Open its page, compare it, and say yes or no there, with your second factor:\n"
              + page(wallet, send));
    }
    if (!asked.contains(wallet.accountId())) {
      write(
          wallet,
          "A send waits for a yes",
          what + ends + ".\nIf you do not want it, cancel it on its page:\n" + page(wallet, send));
    }
  }

  @Override
  public void said(WalletRecord wallet, SendRecord send, String accountId, boolean yes) {
    String text =
        email(accountId)
            + " said "
            + (yes ? "yes" : "no")
            + " to the send of "
            + new Sats(send.amount()).display()
            + " from the wallet “"
            + wallet.name()
            + "”.\n"
            + page(wallet, send);
    toBoth(wallet, send, "Somebody said " + (yes ? "yes" : "no") + " to a send", text);
  }

  @Override
  public void unheard(WalletRecord wallet, SendRecord send, Token why) {
    String how =
        switch (why) {
          case APPROVAL_EXPIRED -> "not enough said yes to it in time";
          case APPROVERS_TOO_FEW -> "too few are left who may say yes to it";
          case SENDER_REMOVED -> "whoever began it may not send from this wallet any more";
          case FACTOR_REPLACED -> "a second factor that it was confirmed with was replaced since";
          default -> "somebody who was asked said no to it";
        };
    toBoth(
        wallet,
        send,
        "A send is not made",
        "The send of "
            + new Sats(send.amount()).display()
            + " from the wallet “"
            + wallet.name()
            + "” is not made: "
            + how
            + ". Its coins are free again.\n"
            + page(wallet, send));
  }

  /** Who sends what to whom. */
  private String what(WalletRecord wallet, SendRecord send) {
    StringBuilder to = new StringBuilder();
    for (RecipientLine line : send.recipients().subList(0, listed(send))) {
      to.append('\n').append(line.address());
    }
    int more = send.recipients().size() - listed(send);
    boolean own = send.begunBy().equals(wallet.accountId());
    return "Somebody with the passcode of the wallet “"
        + wallet.name()
        + "” and the second factor of "
        + (own ? "its owner" : email(send.begunBy()))
        + " sends "
        + new Sats(send.amount()).display()
        + ", and "
        + new Sats(send.fee()).display()
        + " of fee, to"
        + to
        + (more > 0 ? "\nand " + more + " more" : "");
  }

  private String page(WalletRecord wallet, SendRecord send) {
    return origin.get() + "/wallets/" + wallet.walletId() + "/sends/" + send.sendId();
  }

  private String email(String accountId) {
    return accounts.byId(accountId).map(entry -> entry.account().email()).orElse("Somebody");
  }

  private void toBoth(WalletRecord wallet, SendRecord send, String subject, String text) {
    write(wallet, subject, text);
    if (!send.begunBy().equals(wallet.accountId())) {
      write(send.begunBy(), subject, text);
    }
  }

  private static int listed(SendRecord send) {
    return Math.min(MOST_LINES, send.recipients().size());
  }

  private String page(String link) {
    return origin.get() + "/rules/" + link;
  }

  private static String lines(List<String> added, List<String> removed) {
    StringBuilder lines = new StringBuilder();
    added.forEach(line -> lines.append("\n+ ").append(line));
    removed.forEach(line -> lines.append("\n- ").append(line));
    return lines.append('\n').toString();
  }

  private void write(WalletRecord wallet, String subject, String text) {
    write(wallet.accountId(), subject, text);
  }

  private void write(String accountId, String subject, String text) {
    accounts
        .byId(accountId)
        .map(AccountStore.Entry::account)
        .ifPresent(to -> mail.write(to.accountId(), to.email(), subject, text));
  }
}
