package org.trefoil.core.proposal;

import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.FeeRate;

/**
 * A transaction of ours that waits, read from the bytes that the user key, or the backup key, has
 * signed: they are its own witness. Nobody else's word counts for who is paid, what comes back, or
 * which coins are spent.
 *
 * <p>Limit: it shows that the key once signed this, not that it waits still.
 */
public final class Original {
  private Original() {}

  /**
   * Checks a half-signed transaction against what it is said to do, whatever the fees of today, and
   * verifies the signature on every input, which commits to the amounts. Refuses as {@link
   * ProposalCheck} and {@link HalfSigned#verify} do.
   *
   * @param said what the transaction is said to do
   */
  public static CheckedSpend of(
      byte[] halfSigned, Intent said, OwnScripts own, int changeIndex, int tipHeight) {
    Psbt psbt = Psbt.parse(halfSigned);
    FeeBounds bounds = FeeBounds.of(new FeeRate(0), FeeBounds.standard().ceiling());
    Known known = new Known(ClaimedCoins.of(psbt), bounds, changeIndex, tipHeight);
    CheckedSpend spend = ProposalCheck.check(psbt, said, own, known).orThrow();
    return HalfSigned.byPerson(spend, psbt, PublicCurve.EVERYWHERE).spend();
  }
}
