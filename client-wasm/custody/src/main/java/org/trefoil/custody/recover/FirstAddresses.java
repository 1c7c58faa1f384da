package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.keys.Cosigners;

/** The wallet's first receive addresses, to compare with the sheet and with old payments. */
public final class FirstAddresses {
  private static final int COUNT = 3;

  private FirstAddresses() {}

  /** Addresses 0, 1 and 2 of the receive branch. */
  public static List<String> of(Cosigners cosigners) {
    List<String> addresses = new ArrayList<>();
    for (int index = 0; index < COUNT; index++) {
      addresses.add(cosigners.address(Cosigners.RECEIVE, index));
    }
    return addresses;
  }
}
