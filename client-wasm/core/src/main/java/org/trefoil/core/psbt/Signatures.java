package org.trefoil.core.psbt;

import org.bitcoinj.core.VerificationException;
import org.bitcoinj.crypto.ECKey;
import org.bitcoinj.crypto.SignatureDecodeException;
import org.bitcoinj.crypto.TransactionSignature;

/**
 * Judges signatures as nodes do: strict DER (BIP-0066), s in the lower half (BIP-0146), sighash
 * type ALL, and right for the key and the hash.
 */
public final class Signatures {
  private Signatures() {}

  /** Whether the bytes are a signature in the one form that is relayed, for SIGHASH_ALL. */
  public static boolean wellFormed(byte[] signature) {
    if (signature.length < 9 || (signature[signature.length - 1] & 0xff) != Sighash.ALL) {
      return false;
    }
    try {
      TransactionSignature.decodeFromBitcoin(signature, true, true);
      return true;
    } catch (SignatureDecodeException | VerificationException e) {
      return false;
    }
  }

  /** Whether a signature is well formed and the key's own over the hash. */
  public static boolean right(byte[] signature, byte[] hash, byte[] publicKey) {
    if (!wellFormed(signature)) {
      return false;
    }
    try {
      TransactionSignature decoded = TransactionSignature.decodeFromBitcoin(signature, true, true);
      return ECKey.verify(hash, decoded, publicKey);
    } catch (SignatureDecodeException | RuntimeException e) {
      return false;
    }
  }
}
