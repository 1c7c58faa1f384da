package org.trefoil.server.wallets;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.History;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.RescanView;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.chain.HistoryPage;
import org.trefoil.server.chain.HistoryPlace;
import org.trefoil.server.chain.Rescan;
import org.trefoil.server.chain.Reservations;
import org.trefoil.server.chain.WatchedAddress;

/** What an active wallet holds and what happened to it, for reading. */
public final class WalletBook {
  /** Transactions, or addresses, on a page. */
  public static final int PAGE = 50;

  private static final Pattern ADDRESS_PLACE = Pattern.compile("([01])-(\\d{1,4})");

  /** A reorganisation since then may have put the first payments that far before the birth. */
  private static final int BLOCKS_BEFORE_BIRTH = 20;

  private final Wallets wallets;
  private final ChainIndex chain;
  private final Reservations reservations;
  private final SendNotes notes;

  public WalletBook(Wallets wallets, ChainIndex chain, Reservations reservations, SendNotes notes) {
    this.wallets = wallets;
    this.chain = chain;
    this.reservations = reservations;
    this.notes = notes;
  }

  /** Coins that may be spent now, the reserved ones marked, and what a vault needs beside them. */
  public Spendable spendable(String accountId, String walletId) {
    wallets.live(accountId, walletId, MemberRole.SPENDER);
    List<Coin> ready = chain.coins(walletId).stream().filter(Coin::spendable).toList();
    Map<String, byte[]> makers = chain.previousTransactions(walletId);
    List<SpendableCoin> coins = VaultCoins.of(ready, makers, reservations.of(walletId));
    int change = chain.nextUnused(walletId, Cosigners.CHANGE);
    int tip = chain.tip().height();
    return new Spendable(coins, chain.fees(), change, tip, notes.lockTime(walletId, tip));
  }

  /**
   * The newest transactions, or those below a place, with the notes of the sends; those that were
   * replaced stand after the one that counts.
   *
   * @param before what the page before told as its {@link History#older}
   */
  public History history(String accountId, String walletId, @Nullable String before) {
    wallets.live(accountId, walletId, MemberRole.VIEWER);
    HistoryPlace below = before == null ? null : HistoryPlace.parse(before);
    if (before != null && below == null) {
      throw Refusal.of(Token.WRONG_VALUE, "field", "before").exception();
    }
    HistoryPage page = chain.history(walletId, below, PAGE);
    List<String> txids = page.items().stream().map(HistoryItem::txid).toList();
    Map<String, String> byTxid = notes.notes(walletId, txids);
    List<HistoryItem> replaced = notes.replaced(walletId, txids);
    List<HistoryItem> items = new ArrayList<>();
    for (HistoryItem item : page.items()) {
      items.add(withNote(item, byTxid.getOrDefault(item.txid(), "")));
      for (HistoryItem old : replaced) {
        if (item.txid().equals(old.replacedBy())) {
          items.add(old);
        }
      }
    }
    HistoryPlace last = page.last();
    return new History(items, last == null ? null : last.text());
  }

  /** One transaction with its send's note, also a replaced one, or {@code not-found}. */
  public HistoryItem transaction(String accountId, String walletId, String txid) {
    wallets.live(accountId, walletId, MemberRole.VIEWER);
    HistoryItem item = chain.transaction(walletId, txid);
    if (item != null) {
      return withNote(item, notes.notes(walletId, List.of(txid)).getOrDefault(txid, ""));
    }
    return notes.replaced(walletId, List.of(txid)).stream()
        .filter(old -> old.txid().equals(txid))
        .findFirst()
        .orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
  }

  /**
   * A page of the addresses that were handed out or paid: to be paid at, the newest first, then for
   * change.
   *
   * @param before what the page before told as its {@link AddressPage#older}
   */
  public AddressPage addresses(String accountId, String walletId, @Nullable String before) {
    WalletRecord wallet = wallets.live(accountId, walletId, MemberRole.VIEWER);
    int branch = Cosigners.RECEIVE;
    int top = Math.max(wallet.handedOut() - 1, chain.nextUnused(walletId, branch));
    if (before != null) {
      Matcher parts = ADDRESS_PLACE.matcher(before);
      if (!parts.matches()) {
        throw Refusal.of(Token.WRONG_VALUE, "field", "before").exception();
      }
      branch = Integer.parseInt(parts.group(1));
      top = Integer.parseInt(parts.group(2));
    }
    List<UsedAddress> found = new ArrayList<>();
    while (found.size() <= PAGE && branch <= Cosigners.CHANGE) {
      int first = Math.max(0, top - PAGE);
      found.addAll(addresses(wallet, branch, first, top));
      top = first - 1;
      if (top < 0) {
        branch++;
        top = branch == Cosigners.CHANGE ? chain.nextUnused(walletId, branch) : 0;
      }
    }
    if (found.size() <= PAGE) {
      return new AddressPage(found, null);
    }
    UsedAddress next = found.get(PAGE);
    String older = (next.change() ? Cosigners.CHANGE : Cosigners.RECEIVE) + "-" + next.index();
    return new AddressPage(found.subList(0, PAGE), older);
  }

  /** Those of a stretch that were handed out or paid, the last first. */
  private List<UsedAddress> addresses(WalletRecord wallet, int branch, int first, int last) {
    Map<Integer, WatchedAddress> watched = new HashMap<>();
    chain
        .addresses(wallet.walletId(), branch, first, last)
        .forEach(address -> watched.put(address.index(), address));
    boolean change = branch == Cosigners.CHANGE;
    List<UsedAddress> found = new ArrayList<>();
    for (int index = last; index >= first; index--) {
      WatchedAddress known = watched.get(index);
      if (known != null && (known.payments() > 0 || !change && index < wallet.handedOut())) {
        found.add(
            new UsedAddress(
                index, known.address(), change, known.received().value(), known.payments()));
      } else if (known == null && !change && index < wallet.handedOut()) {
        String address = wallet.cosigners().address(branch, index);
        found.add(new UsedAddress(index, address, false, 0, 0));
      }
    }
    return found;
  }

  /**
   * Reads the chain again for the wallet, from a height or a day on. Never from long before its
   * birth: without the server's key, made then, it had no address that anybody could pay. So nobody
   * can have the whole chain read.
   */
  public RescanView rescan(String accountId, String walletId, String from) {
    chain.rescan(parsed(wallets.live(accountId, walletId, MemberRole.ADMINISTRATOR), from));
    return rescan(accountId, walletId);
  }

  /** How far that is. */
  public RescanView rescan(String accountId, String walletId) {
    wallets.live(accountId, walletId, MemberRole.VIEWER);
    Rescan rescan = chain.rescan(walletId);
    int tip = chain.tip().height();
    if (rescan == null) {
      return new RescanView(false, 0, 0, tip);
    }
    int from = Optional.ofNullable(rescan.from()).orElse(tip);
    return new RescanView(true, from, Optional.ofNullable(rescan.next()).orElse(from), tip);
  }

  private static Rescan parsed(WalletRecord wallet, String from) {
    String id = wallet.walletId();
    try {
      if (from.matches("[0-9]{1,8}")) {
        int first = wallet.birthHeight() - BLOCKS_BEFORE_BIRTH;
        return Rescan.fromHeight(id, Math.max(first, Integer.parseInt(from)));
      }
      long day = LocalDate.parse(from).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
      return Rescan.fromTime(id, Math.max(wallet.birthTime().getEpochSecond(), day));
    } catch (DateTimeParseException e) {
      throw Refusal.of(Token.RESCAN_FROM).exception();
    }
  }

  private static HistoryItem withNote(HistoryItem item, String note) {
    if (note.isEmpty()) {
      return item;
    }
    return new HistoryItem(
        item.txid(),
        item.time(),
        item.height(),
        item.confirmations(),
        item.delta(),
        item.fee(),
        note,
        item.kind(),
        item.outputs(),
        item.replacedBy());
  }
}
