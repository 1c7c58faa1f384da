package org.trefoil.vault.send;

import org.trefoil.core.RefusedException;
import org.trefoil.core.address.Address;
import org.trefoil.core.proposal.Recipient;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;
import org.trefoil.core.uri.PaymentUri;

/**
 * One recipient as typed.
 *
 * @param amount digits in the unit; not looked at with everything
 */
public record Line(String to, String amount, boolean inSat, boolean everything) {
  /** The address, also out of a payment URI; refuses as {@link Address#parse} does. */
  Address address(Network network) {
    String typed = to.trim();
    return PaymentUri.looksLikeOne(typed)
        ? PaymentUri.parse(typed, network).address()
        : Address.parse(typed, network);
  }

  /** The amount; nothing yet with everything. */
  Sats sats() {
    String typed = amount.trim();
    if (everything) {
      return Sats.ZERO;
    }
    return inSat ? Sats.parseSat(withoutBlanks(typed)) : Sats.parseBtc(withoutBlanks(typed));
  }

  /** Groups of digits may be set apart by blanks. */
  private static String withoutBlanks(String typed) {
    return typed.replace(" ", "").replace("\u00a0", "").replace("\u202f", "");
  }

  /** This line as a recipient; a refusal says to which field it belongs. */
  Recipient recipient(int row, Network network) {
    Address address;
    try {
      address = address(network);
    } catch (RefusedException e) {
      throw new FieldRefused(FieldRefused.Place.TO, row, e.refusal());
    }
    try {
      return new Recipient(address, sats());
    } catch (RefusedException e) {
      throw new FieldRefused(FieldRefused.Place.AMOUNT, row, e.refusal());
    }
  }
}
