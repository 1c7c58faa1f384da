package org.trefoil.server.wallets;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.History;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.core.wire.RescanView;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.chain.Rescan;
import org.trefoil.server.chain.Reservations;

/** What an active wallet holds and what happened to it, for reading. */
public final class WalletBook {
  /** Transactions on a page of the history. */
  public static final int PAGE = 50;

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
    wallets.active(accountId, walletId);
    Set<Outpoint> reserved = reservations.of(walletId);
    List<SpendableCoin> coins = new ArrayList<>();
    Map<String, byte[]> makers = chain.previousTransactions(walletId);
    for (Coin coin : chain.coins(walletId)) {
      byte[] previous = makers.get(coin.outpoint().txid());
      if (coin.spendable() && previous != null) {
        coins.add(
            new SpendableCoin(
                coin.outpoint().txid(),
                coin.outpoint().vout(),
                coin.value().value(),
                coin.branch(),
                coin.index(),
                coin.confirmations(),
                coin.ours(),
                reserved.contains(coin.outpoint()),
                Base64.getEncoder().encodeToString(previous)));
      }
    }
    int change = chain.nextUnused(walletId, Cosigners.CHANGE);
    return new Spendable(coins, chain.fees(), change, chain.tip().height());
  }

  /**
   * The newest transactions, with the notes of the sends; those that were replaced stand after the
   * one that counts.
   */
  public History history(String accountId, String walletId) {
    return history(accountId, walletId, 0);
  }

  /** A page of the transactions, newest first, with the notes of the sends; pages begin at 0. */
  public History history(String accountId, String walletId, int page) {
    wallets.active(accountId, walletId);
    Map<String, String> byTxid = notes.notes(walletId);
    List<HistoryItem> all = chain.history(walletId, page * PAGE, PAGE + 1);
    List<HistoryItem> replaced = notes.replaced(walletId);
    List<HistoryItem> items = new ArrayList<>();
    for (HistoryItem item : all.subList(0, Math.min(PAGE, all.size()))) {
      items.add(withNote(item, byTxid.getOrDefault(item.txid(), "")));
      for (HistoryItem old : replaced) {
        if (item.txid().equals(old.replacedBy())) {
          items.add(old);
        }
      }
    }
    return new History(items, all.size() > PAGE);
  }

  /** One transaction with its send's note, also a replaced one, or {@code not-found}. */
  public HistoryItem transaction(String accountId, String walletId, String txid) {
    wallets.active(accountId, walletId);
    HistoryItem item = chain.transaction(walletId, txid);
    if (item != null) {
      return withNote(item, notes.notes(walletId).getOrDefault(txid, ""));
    }
    return notes.replaced(walletId).stream()
        .filter(old -> old.txid().equals(txid))
        .findFirst()
        .orElseThrow(() -> Refusal.of(Token.NOT_FOUND).exception());
  }

  /** Addresses that were handed out or paid, newest first. */
  public List<UsedAddress> addresses(String accountId, String walletId) {
    WalletRecord wallet = wallets.active(accountId, walletId);
    Cosigners cosigners = wallet.cosigners();
    List<UsedAddress> all = new ArrayList<>();
    Set<Integer> paid = new HashSet<>();
    for (org.trefoil.server.chain.UsedAddress used : chain.addresses(walletId)) {
      boolean change = used.branch() == Cosigners.CHANGE;
      all.add(
          new UsedAddress(
              used.index(), used.address(), change, used.received().value(), used.payments()));
      if (!change) {
        paid.add(used.index());
      }
    }
    for (int i = 0; i < wallet.handedOut(); i++) {
      if (!paid.contains(i)) {
        all.add(new UsedAddress(i, cosigners.address(Cosigners.RECEIVE, i), false, 0, 0));
      }
    }
    all.sort(
        Comparator.comparing(UsedAddress::change)
            .thenComparing(Comparator.comparingInt(UsedAddress::index).reversed()));
    return List.copyOf(all);
  }

  /** Reads the chain again for the wallet, from a height or a day on. */
  public RescanView rescan(String accountId, String walletId, String from) {
    wallets.active(accountId, walletId);
    chain.rescan(parsed(walletId, from));
    return rescan(accountId, walletId);
  }

  /** How far that is. */
  public RescanView rescan(String accountId, String walletId) {
    wallets.active(accountId, walletId);
    Rescan rescan = chain.rescan(walletId);
    int tip = chain.tip().height();
    if (rescan == null) {
      return new RescanView(false, 0, 0, tip);
    }
    int from = Optional.ofNullable(rescan.from()).orElse(tip);
    return new RescanView(true, from, Optional.ofNullable(rescan.next()).orElse(from), tip);
  }

  private static Rescan parsed(String walletId, String from) {
    try {
      return from.matches("[0-9]{1,8}")
          ? Rescan.fromHeight(walletId, Integer.parseInt(from))
          : Rescan.fromTime(
              walletId, LocalDate.parse(from).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
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
