package org.trefoil.server.passkey;

/**
 * On what a send was approved: what a passkey signed for exactly this transaction. All of it is
 * public, and {@link ProofCheck} needs nothing else.
 *
 * @param digest of the transaction with all input amounts, 32 bytes
 * @param preimage of the challenge, see {@link Preimage}
 * @param origin of the site that asked
 * @param publicKey of the passkey, a SubjectPublicKeyInfo
 * @param algorithm its COSE number
 */
public record SendProof(
    String sendId,
    byte[] digest,
    byte[] preimage,
    String origin,
    byte[] clientData,
    byte[] authenticatorData,
    byte[] signature,
    byte[] publicKey,
    int algorithm) {
  @Override
  public String toString() {
    return "SendProof[" + sendId + "]";
  }
}
