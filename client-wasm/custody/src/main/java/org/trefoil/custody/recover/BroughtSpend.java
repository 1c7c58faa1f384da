package org.trefoil.custody.recover;

import java.util.List;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.FeeBounds;
import org.trefoil.core.proposal.FoundSpend;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.ur.PsbtText;

/**
 * A spend of this wallet that was made elsewhere, half-signed or unsigned: what it does is read
 * from itself, for the person to agree to before a key is used.
 */
public final class BroughtSpend {
  private final CheckedSpend spend;
  private final List<KeyRole> signedBy;

  private BroughtSpend(CheckedSpend spend) {
    this.spend = spend;
    this.signedBy = List.copyOf(FoundSpend.signedBy(spend));
  }

  /**
   * Reads base64, hexadecimal or the texts of an animated code, with blanks or without. Refuses
   * {@code psbt-malformed}, {@code psbt-version}, {@code foreign-input}, {@code sighash-not-all},
   * {@code signature-wrong}, {@code fee-too-high} and what else {@link FoundSpend} refuses.
   */
  public static BroughtSpend read(String text, OwnPlaces places) {
    return of(PsbtText.read(text), places);
  }

  /** Reads a file: the binary form or a text. */
  public static BroughtSpend read(byte[] bytes, OwnPlaces places) {
    return of(PsbtText.read(bytes), places);
  }

  private static BroughtSpend of(Psbt psbt, OwnPlaces places) {
    return new BroughtSpend(FoundSpend.of(psbt, places.scripts(), FeeBounds.standard()));
  }

  /** What it does. */
  public CheckedSpend spend() {
    return spend;
  }

  /** Who has signed all of it, verified. */
  public List<KeyRole> signedBy() {
    return signedBy;
  }
}
