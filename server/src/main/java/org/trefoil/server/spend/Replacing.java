package org.trefoil.server.spend;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.core.wire.HistoryOutput;
import org.trefoil.core.wire.SendKind;
import org.trefoil.server.chain.ChainIndex;

/**
 * Which sends may be replaced now. One that is confirmed may not, nor one whose place another took,
 * nor one on which something builds: that would vanish with it.
 */
final class Replacing {
  private static final Set<SendStage> WAITS = EnumSet.of(SendStage.SIGNED, SendStage.BROADCAST);

  private final SendStore store;
  private final ChainIndex chain;

  Replacing(SendStore store, ChainIndex chain) {
    this.store = store;
    this.chain = chain;
  }

  /** Whether another send may take this one's place now, as far as its stage tells. */
  boolean open(SendRecord send, int confirmations) {
    return (WAITS.contains(send.stage()) || send.stage() == SendStage.QUIET)
        && confirmations <= 0
        && !Versions.of(send, store).outrun(send.sendId());
  }

  /**
   * Refuses {@code already-confirmed} or {@code not-replaceable} unless it may be replaced now, or
   * looks as if it might be.
   */
  void refuseUnlessOpen(SendRecord send) {
    int confirmations = chain.confirmations(send.walletId(), send.txid());
    if (confirmations > 0 || send.stage() == SendStage.CONFIRMED) {
      throw Refusal.of(Token.ALREADY_CONFIRMED).exception();
    }
    if (!open(send, confirmations) || builtUpon(send)) {
      throw Refusal.of(Token.NOT_REPLACEABLE).exception();
    }
  }

  /** What a stored send is for; refuses when that cannot be any more. */
  Purpose purpose(SendRecord send) {
    String replaces = send.replaces();
    if (replaces != null) {
      SendRecord original = store.find(replaces).orElseThrow();
      if (!send.stage().approved()) {
        refuseUnlessOpen(original);
      } else if (chain.confirmations(send.walletId(), original.txid()) > 0) {
        throw Refusal.of(Token.ALREADY_CONFIRMED).exception();
      }
      return new Purpose.Instead(original);
    }
    return send.kind() == SendKind.CHILD
        ? new Purpose.Along(Inputs.of(send).get(0).txid())
        : new Purpose.Payment();
  }

  /** Refuses {@code coins-taken} when a coin comes from a send that is being replaced. */
  void refuseFleeting(String walletId, CheckedSpend spend) {
    Set<String> makers = new HashSet<>();
    for (Coin coin : spend.inputs()) {
      if (coin.confirmations() == 0) {
        makers.add(coin.outpoint().txid());
      }
    }
    if (!makers.isEmpty() && store.beingReplaced(walletId, makers)) {
      throw Refusal.of(Token.COINS_TAKEN).exception();
    }
  }

  private boolean builtUpon(SendRecord send) {
    for (Outpoint held : store.of(send.walletId())) {
      if (held.txid().equals(send.txid())) {
        return true;
      }
    }
    HistoryItem item = chain.transaction(send.walletId(), send.txid());
    Set<Outpoint> unspent = new HashSet<>();
    for (Coin coin : chain.coins(send.walletId())) {
      unspent.add(coin.outpoint());
    }
    List<HistoryOutput> outputs = item == null ? List.of() : item.outputs();
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).ours() && !unspent.contains(new Outpoint(send.txid(), i))) {
        return true;
      }
    }
    return false;
  }
}
