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
import org.trefoil.server.policy.Seals;

/**
 * Which sends may be replaced now. One that is confirmed may not, nor one whose place another took,
 * nor one on which something builds: that would vanish with it.
 */
final class Replacing {
  private static final Set<SendStage> WAITS = EnumSet.of(SendStage.SIGNED, SendStage.BROADCAST);

  private final SendStore store;
  private final JudgingStore judging;
  private final Seals seals;
  private final ChainIndex chain;

  Replacing(SendStore store, JudgingStore judging, Seals seals, ChainIndex chain) {
    this.store = store;
    this.judging = judging;
    this.seals = seals;
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

  /**
   * Refuses {@code not-replaceable} where the database alone says that a send was approved: what
   * takes its place is not judged again by the rules that would have it wait. What was kept quiet
   * has no such seal, but nobody signs what takes its place either.
   *
   * @param bytes what it does by its own bytes
   */
  void refuseUnproved(String walletId, SendRecord original, CheckedSpend bytes) {
    String sendId = original.sendId();
    byte[] seal = seals.approved(walletId, sendId, bytes.digest(), judging.rules(sendId));
    if (original.stage() != SendStage.QUIET && !Seals.fits(judging.seal(sendId), seal)) {
      throw Refusal.of(Token.NOT_REPLACEABLE).exception();
    }
  }

  /**
   * Refuses what is to be signed in the place of what was kept quiet: what was forced would go out
   * after all. Its owner types the first passcode and sends anew.
   */
  static void refuseInsteadOfKept(Purpose purpose) {
    if (purpose instanceof Purpose.Instead instead
        && instead.original().stage() == SendStage.QUIET) {
      throw Refusal.of(Token.STORE_BUSY).exception();
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
