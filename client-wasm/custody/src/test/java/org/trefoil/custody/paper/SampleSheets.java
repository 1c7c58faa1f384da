package org.trefoil.custody.paper;

import org.trefoil.core.units.Network;

/** Printed sheets of a wallet that is nobody's, for tests of other rooms. */
public final class SampleSheets {
  private SampleSheets() {}

  public static byte[] plain() {
    return BackupSheets.render(
        SheetFixture.withWords(Network.REGTEST, "Savings"), null, SheetFixture.none());
  }

  /** Under the password {@code open sesame 17}. */
  public static byte[] encrypted() {
    return BackupSheets.render(
        SheetFixture.withWords(Network.REGTEST, "Savings"),
        "open sesame 17".toCharArray(),
        SheetFixture.counting());
  }
}
