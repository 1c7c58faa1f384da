package org.trefoil.vault.send;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.coins.SpendSize;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.ChildSpend;
import org.trefoil.core.proposal.CoinProof;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.FoundSpend;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.proposal.Known;
import org.trefoil.core.proposal.OwnScripts;
import org.trefoil.core.proposal.Proposal;
import org.trefoil.core.proposal.ProposalCheck;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.proposal.Replacement;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Fees;
import org.trefoil.core.wire.Original;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.SendKind;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.core.wire.Waiting;
import org.trefoil.vault.wallet.KnownWallet;

/**
 * A transaction that waits, and what can take its place or pull it along. What the first one pays
 * is read from the bytes that the user key (or the backup key) signed, so a server can invent
 * neither recipients nor amounts. Whether it waits still, and what somebody else's payment pays in
 * fees, only the server knows.
 */
public final class Bumpable {
  /** Rates on offer are whole tenths of a satoshi. */
  private static final long STEP = 100;

  private final OwnScripts own;
  private final Spendable now;
  private final int change;
  private final FeeBounds bounds;
  private final SendKind how;
  private final @Nullable CheckedSpend original;
  private final @Nullable ChildSpend parent;
  private final List<Coin> coins = new ArrayList<>();
  private final Map<String, byte[]> previous = new HashMap<>();

  /**
   * Refuses what the user key did not sign, and coins that are not what they are said to be.
   *
   * @param seen the number of the furthest change address that this browser had signed
   */
  public Bumpable(KnownWallet wallet, @Nullable Integer seen, SendKind how, Waiting waiting) {
    this.own = new OwnScripts(wallet.cosigners());
    this.now = waiting.spendable();
    this.change = Funds.changeIndex(now.changeIndex(), seen);
    this.bounds = Funds.bounds(now.fees());
    this.how = how;
    Original told = waiting.original();
    if (how == SendKind.CHILD) {
      original = null;
      parent = new ChildSpend(new Sats(waiting.fee()), waiting.vsize());
      now.coins().forEach(this::take);
    } else if (told != null) {
      parent = null;
      original = read(told);
      coins.addAll(original.inputs());
    } else {
      throw Refusal.of(Token.MISSING_FIELD, "field", "original").exception();
    }
    if (coins.isEmpty()) {
      throw Refusal.of(Token.NOT_REPLACEABLE).exception();
    }
  }

  private void take(SpendableCoin claimed) {
    Outpoint outpoint = new Outpoint(claimed.txid(), claimed.vout());
    Sats value = new Sats(claimed.value());
    Coin coin = new Coin(outpoint, value, claimed.branch(), claimed.index(), 0, false);
    byte[] tx = Base64.getDecoder().decode(claimed.previousTx());
    CoinProof.verify(coin, own, tx);
    previous.put(claimed.txid(), tx);
    coins.add(coin);
  }

  private CheckedSpend read(Original told) {
    List<Recipient> recipients = new ArrayList<>();
    for (RecipientLine line : told.recipients()) {
      Address address = Address.parse(line.address(), own.cosigners().network());
      recipients.add(new Recipient(address, new Sats(line.amount())));
    }
    Intent said = new Intent(recipients, told.everything(), new FeeRate(told.feeRate()));
    byte[] psbt = Base64.getDecoder().decode(told.psbt());
    return org.trefoil.core.proposal.Original.of(psbt, said, own, change, now.tipHeight());
  }

  /** The transactions that made the coins of a payment, by id; none of a send of ours. */
  public Map<String, byte[]> previous() {
    return previous;
  }

  /** The send that waits; null when it is a payment of somebody else. */
  public @Nullable CheckedSpend original() {
    return original;
  }

  /** Whether the backup key signed the send that waits: the user key may be lost. */
  public boolean signedByPaper() {
    CheckedSpend first = original;
    return first != null && FoundSpend.signedBy(first).contains(KeyRole.BACKUP);
  }

  /** Whether all comes back to the wallet, less the fee. */
  public boolean comesBack() {
    CheckedSpend first = original;
    return how != SendKind.BUMP || first == null || first.comesBack(change);
  }

  /** Today's rates, none lower than what makes a difference. */
  public Fees offers() {
    Fees today = now.fees();
    long least = Math.max(today.floor(), leastRate());
    least = (least + STEP - 1) / STEP * STEP;
    long slow = Math.max(today.slow(), least);
    long normal = Math.max(today.normal(), slow);
    long fast = Math.max(today.fast(), least + least / 2);
    return new Fees(slow, normal, fast, today.floor(), today.ceiling());
  }

  private long leastRate() {
    CheckedSpend first = original;
    if (first != null) {
      return Replacement.leastRate(first, comesBack() ? sizeToSelf() : first.vsize()).satPerKvB();
    }
    ChildSpend payment = parent;
    return payment == null ? 0 : payment.fee().value() * 1000 / payment.vsize() + 1000;
  }

  private long sizeToSelf() {
    byte[] script = own.scriptPubKey(Cosigners.CHANGE, change);
    return SpendSize.vbytes(own.cosigners(), coins.size(), List.of(script));
  }

  /** Builds it at this rate, and checks it as any send and against what waits. */
  public CheckedSpend spend(Wish.Fee fee) {
    FeeRate rate = fee.rate();
    try {
      return checked(build(rate));
    } catch (RefusedException e) {
      throw new FieldRefused(FieldRefused.Place.FEE, 0, e.refusal());
    }
  }

  private Proposal build(FeeRate rate) {
    int height = now.lockTime();
    CheckedSpend first = original;
    ChildSpend payment = parent;
    if (payment != null) {
      return payment.build(own, coins, rate, change, height, previous);
    }
    if (first == null) {
      throw new IllegalStateException("nothing waits");
    }
    return comesBack()
        ? Replacement.cancel(own, first, rate, change, height, previous)
        : Replacement.faster(own, first, rate, height, previous);
  }

  private CheckedSpend checked(Proposal proposal) {
    Known known = new Known(coins, bounds, change, now.tipHeight());
    CheckedSpend spend =
        ProposalCheck.check(proposal.psbt(), proposal.intent(), own, known).orThrow();
    CheckedSpend first = original;
    ChildSpend payment = parent;
    if (first != null) {
      Replacement.check(spend, first, change);
    } else if (payment != null) {
      payment.check(spend, coins.get(0).outpoint().txid(), change);
    }
    return spend;
  }

  /** Of a child: the rate of both together; of a replacement: its own. */
  public FeeRate rate(CheckedSpend spend) {
    ChildSpend payment = parent;
    return payment == null ? spend.intent().feeRate() : payment.packageRate(spend);
  }
}
