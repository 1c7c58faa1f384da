package org.trefoil.core.proposal;

import java.util.List;
import org.trefoil.core.units.FeeRate;
import org.trefoil.core.units.Sats;

/**
 * What a person asked for.
 *
 * @param recipients who is to be paid
 * @param everything the one recipient gets all there is, less the fee; its amount is then the
 *     result of a calculation and not a wish
 * @param feeRate what to pay for each virtual byte
 */
public record Intent(List<Recipient> recipients, boolean everything, FeeRate feeRate) {
  public Intent {
    recipients = List.copyOf(recipients);
  }

  /** What the recipients get together; refused when that is more than there can be. */
  public Sats total() {
    Sats sum = Sats.ZERO;
    for (Recipient recipient : recipients) {
      sum = sum.plus(recipient.amount());
    }
    return sum;
  }
}
