package org.trefoil.server.spend;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.ChildSpend;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.proposal.Known;
import org.trefoil.core.proposal.Original;
import org.trefoil.core.proposal.OwnScripts;
import org.trefoil.core.proposal.ProposalCheck;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.proposal.Replacement;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.SendKind;
import org.trefoil.server.chain.Ancestry;
import org.trefoil.server.chain.ChainHealth;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.chain.Standing;
import org.trefoil.server.policy.Ceilings;
import org.trefoil.server.wallets.WalletRecord;

/** Holds a half-signed PSBT against what was asked for and against our own view of the chain. */
final class SendCheck {
  private final ChainIndex chain;
  private final Ceilings ceilings;
  private final PublicCurve curve;
  private final Replacing replacing;

  SendCheck(ChainIndex chain, Ceilings ceilings, PublicCurve curve, Replacing replacing) {
    this.chain = chain;
    this.ceilings = ceilings;
    this.curve = curve;
    this.replacing = replacing;
  }

  /** The intent of a request; refuses addresses and amounts that make no sense. */
  static Intent intent(
      Network network, List<RecipientLine> lines, boolean everything, long feeRate) {
    List<Recipient> recipients = new ArrayList<>(lines.size());
    for (RecipientLine line : lines) {
      if (line.amount() < 0 || line.amount() > Sats.MAX) {
        throw Refusal.of(Token.AMOUNT_TOO_LARGE).exception();
      }
      Address address = Address.parse(line.address(), network);
      recipients.add(new Recipient(address, new Sats(line.amount())));
    }
    if (feeRate < 0 || feeRate > FeeRate.MAX) {
      throw Refusal.of(Token.FEE_RATE_MALFORMED).exception();
    }
    return new Intent(recipients, everything, new FeeRate(feeRate));
  }

  /** Ids of the roles that have signed. */
  static List<String> signers(HalfSigned half) {
    return half.by().stream().map(KeyRole::id).toList();
  }

  /** Whether the user key has signed. */
  static boolean byUser(HalfSigned half) {
    return half.by().contains(KeyRole.USER);
  }

  /** What a request asks for, as it was stored. */
  static Intent intent(Network network, SendRecord send) {
    return intent(network, send.recipients(), send.everything(), send.feeRate());
  }

  /**
   * Parses, checks and verifies the PSBT completely, or refuses; no key is touched.
   *
   * <p>Coins that other sends hold count as known here; whether they are free is asked separately.
   */
  Verified check(WalletRecord wallet, byte[] psbtBytes, Intent intent, Purpose purpose) {
    ChainHealth health = chain.health();
    if (!health.fine()) {
      throw health.refusal().exception();
    }
    String walletId = wallet.walletId();
    OwnScripts own = new OwnScripts(wallet.cosigners(), curve);
    Psbt psbt = Psbt.parse(psbtBytes);
    Standing standing = chain.standing(walletId, makers(psbt, purpose));
    int changeIndex = standing.changeIndex();
    int tip = standing.tip();
    CheckedSpend original =
        purpose instanceof Purpose.Instead instead
            ? original(wallet, own, instead.original(), changeIndex, tip)
            : null;
    List<Coin> coins =
        original != null
            ? original.inputs()
            : purpose instanceof Purpose.Along along
                ? waiting(standing.coins(), along.payment())
                : standing.coins().stream().filter(Coin::spendable).toList();
    Known known = new Known(coins, ceilings.fees(chain.fees()), changeIndex, tip);
    CheckedSpend spend = ProposalCheck.check(psbt, intent, own, known).orThrow();
    SendKind kind = SendKind.PAYMENT;
    if (original != null) {
      boolean cancels = Replacement.check(spend, original, changeIndex).cancels();
      boolean child = ((Purpose.Instead) purpose).original().kind() == SendKind.CHILD;
      kind = cancels ? child ? SendKind.CHILD : SendKind.CANCEL : SendKind.BUMP;
    } else if (purpose instanceof Purpose.Along along) {
      Ancestry waiting = chain.ancestry(walletId, along.payment());
      new ChildSpend(new Sats(waiting.fee()), waiting.vsize())
          .check(spend, along.payment(), changeIndex);
      kind = SendKind.CHILD;
    }
    HalfSigned half = HalfSigned.byPerson(spend, psbt, curve);
    return new Verified(half, kind, standing.held());
  }

  /** The transactions that made what the PSBT spends, and what it is to pull along. */
  private static Set<String> makers(Psbt psbt, Purpose purpose) {
    Set<String> makers = new HashSet<>();
    for (int i = 0; i < psbt.unsignedTx().inputCount(); i++) {
      makers.add(psbt.unsignedTx().outpoint(i).txid());
    }
    if (purpose instanceof Purpose.Along along) {
      makers.add(along.payment());
    }
    return makers;
  }

  /** What the approved send does that is to be replaced, by its own bytes. */
  private CheckedSpend original(
      WalletRecord wallet, OwnScripts own, SendRecord send, int changeIndex, int tip) {
    CheckedSpend spend =
        Original.of(send.psbt(), intent(wallet.network(), send), own, changeIndex, tip);
    replacing.refuseUnproved(wallet.walletId(), send, spend);
    return spend;
  }

  /** What a payment of somebody else gives the wallet while it waits for a block. */
  static List<Coin> waiting(List<Coin> all, String payment) {
    List<Coin> coins =
        all.stream()
            .filter(coin -> coin.outpoint().txid().equals(payment) && !coin.ours())
            .toList();
    if (coins.isEmpty()) {
      throw Refusal.of(Token.NOT_REPLACEABLE).exception();
    }
    if (coins.get(0).confirmations() > 0) {
      throw Refusal.of(Token.ALREADY_CONFIRMED).exception();
    }
    return coins;
  }
}
