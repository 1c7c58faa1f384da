package org.trefoil.server.signer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.proposal.Change;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.FoundSpend;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.proposal.OwnScripts;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.server.cosign.OwnKeys;

/**
 * What a half-signed transaction does, read from it and from the wallet's key set alone: each input
 * is in a script that the key set derives, the amounts are those that the signatures are over, and
 * an output is ours only when it is derived too.
 *
 * @param pays what it pays to others: {@code <address> <satoshis>}
 */
record Read(HalfSigned half, byte[] digest, List<String> pays, long cost, int top) {
  /**
   * Reads one. Refuses as {@link FoundSpend} and {@link HalfSigned} do, and {@code owners-missing}
   * while other owners have to sign.
   *
   * @param known the highest number of an address of ours that was met before
   */
  static Read of(Cosigners cosigners, byte[] bytes, int known) {
    Psbt psbt = Psbt.parse(bytes);
    OwnScripts own = new OwnScripts(cosigners, OwnKeys.publicCurve());
    CheckedSpend spend = FoundSpend.of(psbt, own, FeeBounds.standard());
    HalfSigned half = HalfSigned.byPerson(spend, psbt, OwnKeys.publicCurve());
    if (half.missing() > 0) {
      String missing = Integer.toString(half.missing());
      throw Refusal.of(Token.OWNERS_MISSING, "missing", missing).exception();
    }
    Change change = spend.change();
    int top = Math.max(known, change == null ? -1 : change.index());
    long cost = change == null ? 0 : -change.amount().value();
    for (Coin coin : spend.inputs()) {
      top = Math.max(top, coin.index());
      cost += coin.value().value();
    }
    List<String> pays = pays(spend, top);
    return new Read(half, spend.digest(), pays, pays.isEmpty() ? spend.fee().value() : cost, top);
  }

  private static List<String> pays(CheckedSpend spend, int top) {
    List<String> pays = new ArrayList<>();
    List<Recipient> recipients = spend.recipients();
    int near = Math.min(top + Cosigners.GAP, Cosigners.MOST_INDEX) + 1;
    // What comes back whole comes to one address; in a payment each address of ours is one more.
    if (recipients.size() == 1 && spend.change() == null && spend.recipientIsOurs(0, near, near)) {
      return pays;
    }
    for (Recipient recipient : recipients) {
      pays.add(recipient.address().text() + " " + recipient.amount().value());
    }
    return pays;
  }

  CheckedSpend spend() {
    return half.spend();
  }

  String digestText() {
    return HexFormat.of().formatHex(digest);
  }

  /** As it is noted, waiting. */
  Sent sent(String walletId, String accountId, Instant now, Instant known) {
    return new Sent(
        walletId,
        digestText(),
        accountId,
        now,
        known,
        Sent.State.HELD,
        now,
        cost,
        0,
        true,
        spend().inputs().stream().map(coin -> coin.outpoint().toString()).toList(),
        spend().inputs().stream().map(coin -> Long.toString(coin.value().value())).toList(),
        pays,
        spend().psbt().unsignedTx().txid(),
        top,
        List.of());
  }
}
