package org.trefoil.server.spend;

import java.util.Arrays;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.psbt.PartialSignature;

/**
 * Watches for signatures whose r was seen before over another message.
 *
 * <p>Two such signatures give the private key away (it has happened, to hundreds of coins). A vault
 * that makes them is broken, so nothing of it may reach the network.
 */
final class Nonces {
  private Nonces() {}

  /** Notes the r of every input's signatures, or refuses with {@code nonce-repeated}. */
  static void refuseRepeated(HalfSigned half, SendStore store) {
    for (int i = 0; i < half.psbt().inputs().size(); i++) {
      for (PartialSignature signature : half.psbt().inputs().get(i).partialSignatures()) {
        if (!store.noteNonce(r(signature.signature()), half.spend().sighash(i))) {
          throw Refusal.of(Token.NONCE_REPEATED).exception();
        }
      }
    }
  }

  /** The r of a strict DER signature: {@code 30 len 02 rlen r …}. */
  static byte[] r(byte[] der) {
    int length = der[3];
    return Arrays.copyOfRange(der, 4, 4 + length);
  }
}
