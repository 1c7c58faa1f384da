package org.trefoil.server.spend;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.Original;
import org.trefoil.core.wire.SendKind;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.core.wire.Waiting;
import org.trefoil.server.chain.Ancestry;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.chain.Standing;
import org.trefoil.server.wallets.VaultCoins;
import org.trefoil.server.wallets.Wallets;

/** Tells a vault about transactions that wait, and takes requests that concern them. */
public final class Bumping {
  private final Sends sends;
  private final SendStore store;
  private final Wallets wallets;
  private final ChainIndex chain;
  private final Replacing replacing;

  Bumping(Sends sends, SendStore store, Wallets wallets, ChainIndex chain, Confirming confirming) {
    this.sends = sends;
    this.store = store;
    this.wallets = wallets;
    this.chain = chain;
    this.replacing = confirming.replacing();
  }

  /** What a vault needs to replace a send that waits. */
  public Waiting waiting(String accountId, String walletId, String sendId) {
    wallets.live(accountId, walletId, MemberRole.SPENDER);
    SendRecord send = sends.owned(walletId, sendId);
    replacing.refuseUnlessOpen(send);
    String psbt = Base64.getEncoder().encodeToString(send.psbt());
    Original original = new Original(psbt, send.recipients(), send.everything(), send.feeRate());
    Standing standing = chain.standing(walletId, Set.of());
    return new Waiting(spendable(walletId, standing, List.of()), original, send.fee(), 0);
  }

  /** What a vault needs to pull along a payment of somebody else that waits. */
  public Waiting waitingPayment(String accountId, String walletId, String txid) {
    wallets.live(accountId, walletId, MemberRole.SPENDER);
    byte[] raw = chain.previousTransactions(walletId).get(txid);
    if (raw == null) {
      throw Refusal.of(Token.NOT_FOUND).exception();
    }
    Standing standing = chain.standing(walletId, Set.of(txid));
    List<Coin> coins = SendCheck.waiting(standing.coins(), txid);
    if (coins.stream().map(Coin::outpoint).anyMatch(standing.held()::contains)) {
      throw Refusal.of(Token.COINS_TAKEN).exception();
    }
    List<SpendableCoin> told = VaultCoins.of(coins, Map.of(txid, raw), standing.held());
    Ancestry ancestry = chain.ancestry(walletId, txid);
    Spendable spendable = spendable(walletId, standing, told);
    return new Waiting(spendable, null, ancestry.fee(), ancestry.vsize());
  }

  /** The wallet's own send that made a transaction, or null. */
  public @Nullable SendView ofTransaction(String accountId, String walletId, String txid) {
    wallets.live(accountId, walletId, MemberRole.VIEWER);
    return store.byTransaction(walletId, txid).map(sends::view).orElse(null);
  }

  private Spendable spendable(String walletId, Standing standing, List<SpendableCoin> coins) {
    int tip = standing.tip();
    int lockTime = new SendTraces(store).lockTime(walletId, tip);
    return new Spendable(coins, chain.fees(), standing.changeIndex(), tip, lockTime);
  }

  Purpose purpose(String walletId, SendRequest request) {
    String replaces = request.replaces();
    String speedsUp = request.speedsUp();
    if (replaces != null && speedsUp != null) {
      throw Refusal.of(Token.WRONG_VALUE, "field", "speedsUp").exception();
    }
    if (replaces != null) {
      SendRecord original = sends.owned(walletId, replaces);
      replacing.refuseUnlessOpen(original);
      return new Purpose.Instead(original);
    }
    return speedsUp == null ? new Purpose.Payment() : new Purpose.Along(speedsUp);
  }

  /** A replacement goes on under the note of the first; what pays nobody says what it is. */
  static String note(String asked, SendKind kind, Purpose purpose) {
    if (!asked.isEmpty() || !(purpose instanceof Purpose.Instead instead)) {
      return kind == SendKind.CHILD && asked.isEmpty() ? "Fee to speed up a payment" : asked;
    }
    String before = instead.original().note();
    if (kind != SendKind.CANCEL) {
      return before;
    }
    return instead.original().kind() == SendKind.CANCEL
        ? before
        : before.isEmpty() ? "Cancelled send" : "Cancelled: " + before;
  }
}
