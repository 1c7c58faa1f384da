package org.trefoil.server.spend;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.SignatureVerifier;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.proposal.Known;
import org.trefoil.core.proposal.Outcome;
import org.trefoil.core.proposal.ProposalCheck;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.server.chain.ChainIndex;
import org.trefoil.server.policy.Ceilings;

/** Holds a half-signed PSBT against what was asked for and against our own view of the chain. */
final class SendCheck {
  private final ChainIndex chain;
  private final Ceilings ceilings;
  private final SignatureVerifier verifier;

  SendCheck(ChainIndex chain, Ceilings ceilings, SignatureVerifier verifier) {
    this.chain = chain;
    this.ceilings = ceilings;
    this.verifier = verifier;
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

  /**
   * Parses, checks and verifies the PSBT completely, or refuses; no key is touched.
   *
   * <p>Coins that other sends hold count as known here; whether they are free is asked separately.
   */
  HalfSigned check(String walletId, Cosigners cosigners, byte[] psbtBytes, Intent intent) {
    if (!chain.health().fine()) {
      throw Refusal.of(Token.CHAIN_UNAVAILABLE).exception();
    }
    Psbt psbt = Psbt.parse(psbtBytes);
    List<Coin> coins = new ArrayList<>();
    for (Coin coin : chain.coins(walletId)) {
      if (coin.spendable()) {
        coins.add(coin);
      }
    }
    int changeIndex = chain.nextUnused(walletId, Cosigners.CHANGE);
    Known known = new Known(coins, ceilings.fees(chain.fees()), changeIndex, chain.tip().height());
    Outcome outcome = ProposalCheck.check(psbt, intent, cosigners, known);
    if (outcome instanceof Outcome.Accepted accepted) {
      return HalfSigned.verify(accepted.spend(), psbt, KeyRole.USER, verifier);
    }
    throw ((Outcome.Refused) outcome).refusal().exception();
  }
}
