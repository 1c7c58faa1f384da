package org.trefoil.vault.send;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.coins.Dust;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.Intent;
import org.trefoil.core.proposal.Proposal;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/**
 * The whole form as typed: who gets how much, at which fee rate, with which note.
 *
 * @param feeRate a rate of the server's offer, or what was typed as one
 */
public record Wish(List<Line> lines, Fee feeRate, String note) {
  public static final int MOST_NOTE = 200;

  /** An offered rate, or one typed in satoshis a virtual byte. */
  public record Fee(long offered, String typed) {
    FeeRate rate() {
      try {
        return typed.isEmpty() ? new FeeRate(offered) : FeeRate.ofSatPerVb(typed.trim());
      } catch (RefusedException e) {
        throw new FieldRefused(FieldRefused.Place.FEE, 0, e.refusal());
      }
    }
  }

  public Wish {
    lines = List.copyOf(lines);
  }

  boolean everything() {
    return lines.size() == 1 && lines.get(0).everything();
  }

  /** What is asked for; a {@link FieldRefused} names the first field that makes no sense. */
  public Intent intent(Network network) {
    List<Recipient> recipients = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Recipient recipient = lines.get(i).recipient(i, network);
      if (!everything()) {
        refuseTooSmall(recipient, i);
      }
      recipients.add(recipient);
    }
    if (note.length() > MOST_NOTE) {
      String most = Integer.toString(MOST_NOTE);
      Refusal refusal = Refusal.of(Token.NOTE_TOO_LONG, "most", most);
      throw new FieldRefused(FieldRefused.Place.NOTE, 0, refusal);
    }
    return new Intent(recipients, everything(), feeRate.rate());
  }

  private static void refuseTooSmall(Recipient recipient, int row) {
    if (recipient.amount().isZero()) {
      throw new FieldRefused(FieldRefused.Place.AMOUNT, row, Refusal.of(Token.NOTHING_TO_SEND));
    }
    Sats least = Dust.least(recipient.address().scriptPubKey());
    if (recipient.amount().compareTo(least) < 0) {
      Refusal refusal =
          Refusal.of(
              Token.DUST, "amount", recipient.amount().display(), "minimum", least.display());
      throw new FieldRefused(FieldRefused.Place.AMOUNT, row, refusal);
    }
  }

  /** An unchecked transaction that would do it: for the estimate of its fee. */
  public Proposal estimate(Funds funds, Network network) {
    return funds.propose(intent(network));
  }

  /** A checked transaction that does it. */
  public CheckedSpend spend(Funds funds, Network network) {
    Intent intent = intent(network);
    try {
      return funds.spend(intent);
    } catch (RefusedException e) {
      throw FieldRefused.of(e.refusal());
    }
  }
}
