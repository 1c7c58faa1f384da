package org.trefoil.vault.send;

import org.trefoil.core.Refusal;

/** A value of the form is refused, and which. */
public final class FieldRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Where on the form. */
  public enum Place {
    TO,
    AMOUNT,
    FEE,
    NOTE,
    FORM
  }

  private final Place place;
  private final int row;
  private final transient Refusal refusal;

  public FieldRefused(Place place, int row, Refusal refusal) {
    super(refusal.token());
    this.place = place;
    this.row = row;
    this.refusal = refusal;
  }

  public Place place() {
    return place;
  }

  /** Which recipient, from 0. */
  public int row() {
    return row;
  }

  public Refusal refusal() {
    return refusal;
  }

  /** The same refusal at the field that a person would change to mend it. */
  public static FieldRefused of(Refusal refusal) {
    return switch (refusal.token()) {
      case "insufficient-funds", "dust", "nothing-to-send", "amount-too-large", "too-many-inputs" ->
          new FieldRefused(Place.AMOUNT, 0, refusal);
      case "fee-too-high", "fee-too-low", "fee-rate-malformed" ->
          new FieldRefused(Place.FEE, 0, refusal);
      default -> new FieldRefused(Place.FORM, 0, refusal);
    };
  }
}
