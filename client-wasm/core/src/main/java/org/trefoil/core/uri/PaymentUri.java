package org.trefoil.core.uri;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.address.Address;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Sats;

/**
 * A request to pay, as QR codes and links carry it (BIP-0021, BIP-0321).
 *
 * @param label who is paid
 * @param message what for
 */
public record PaymentUri(
    Address address, @Nullable Sats amount, @Nullable String label, @Nullable String message) {

  /** Reads {@code bitcoin:<address>?amount=…}. */
  public static PaymentUri parse(String text, Network network) {
    throw new UnsupportedOperationException();
  }

  /** {@code bitcoin:<address>?amount=…&label=…&message=…}. */
  public String print() {
    throw new UnsupportedOperationException();
  }
}
