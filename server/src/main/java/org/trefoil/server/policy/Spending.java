package org.trefoil.server.policy;

import java.util.List;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.units.Sats;

/**
 * What the rules look at of a spend.
 *
 * @param outward addresses of others that it pays
 * @param paid what the recipients get
 * @param cost what it lets out of the wallet, its fee included
 * @param leaves as much of that as is not counted already
 * @param again whether it takes the place of a send that was judged before, and is no further one
 * @param takesBack whether it takes that send back: it pays nobody but ourselves
 */
public record Spending(
    List<String> outward,
    Sats paid,
    Sats fee,
    Sats cost,
    Sats leaves,
    boolean again,
    boolean takesBack) {
  public Spending {
    outward = List.copyOf(outward);
    if (takesBack && (!again || !outward.isEmpty())) {
      throw new IllegalArgumentException("what takes a send back pays nobody");
    }
  }

  /**
   * Of a checked spend.
   *
   * @param toOurselves whether all recipients are keys of the same person
   */
  public static Spending of(
      CheckedSpend spend,
      boolean toOurselves,
      Sats cost,
      Sats leaves,
      boolean again,
      boolean takesBack) {
    List<String> outward =
        toOurselves
            ? List.of()
            : spend.recipients().stream().map(recipient -> recipient.address().text()).toList();
    return new Spending(
        outward, spend.intent().total(), spend.fee(), cost, leaves, again, takesBack);
  }
}
