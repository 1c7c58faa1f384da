package org.trefoil.server.wallets;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of a wallet's addresses.
 *
 * @param older what the next page is asked for by; null on the last one
 */
public record AddressPage(List<UsedAddress> addresses, @Nullable String older) {
  public AddressPage {
    addresses = List.copyOf(addresses);
  }
}
