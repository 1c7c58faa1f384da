package org.trefoil.core.address;

import org.trefoil.core.Refusal;
import org.trefoil.core.Token;

/** The codec below {@link Address}, which also knows versions that nobody should pay to yet. */
public final class SegwitVectors {
  private SegwitVectors() {}

  public static byte[] scriptOf(String address) {
    String hrp = SegwitText.hrp(address);
    if (hrp == null) {
      throw Refusal.of(Token.ADDRESS_UNKNOWN_FORM).exception();
    }
    return SegwitText.decode(hrp, address).scriptPubKey();
  }

  public static String textOf(String hrp, byte[] script) {
    SegwitText.Program program = SegwitText.Program.ofScript(script);
    return program == null ? "" : SegwitText.encode(hrp, program);
  }
}
