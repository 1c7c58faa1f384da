package org.trefoil.server.passkey;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/**
 * Whether a stored proof shows that a person, verified by a passkey, confirmed exactly one
 * transaction of one wallet. Needs the proof and the JDK alone: no database, no clock, no library.
 */
public final class ProofCheck {
  private static final int FLAGS = 32;
  private static final int PRESENT = 0x01;
  private static final int VERIFIED = 0x04;
  private static final int SHORTEST = 37;

  private ProofCheck() {}

  /** What became of a check. */
  public enum Finding {
    PROVES,
    /** What was asked is of another transaction, or of another wallet. */
    OTHER_TRANSACTION,
    /** The browser's words are of another question or another site. */
    OTHER_QUESTION,
    /** Nobody was verified, or for another site. */
    NOBODY_VERIFIED,
    /** The passkey did not sign it. */
    NOT_SIGNED
  }

  /**
   * Checks a proof.
   *
   * @param digest of the transaction that was co-signed, computed from that transaction
   */
  public static Finding of(SendProof proof, String walletId, byte[] digest) {
    byte[] preimage = proof.preimage();
    if (!MessageDigest.isEqual(proof.digest(), digest)
        || !Preimage.isOfSend(
            preimage, walletId, digest, Preimage.policyVersion(preimage), Preimage.end(preimage))) {
      return Finding.OTHER_TRANSACTION;
    }
    if (!ClientData.GET.says(proof.clientData(), Preimage.challenge(preimage), proof.origin())) {
      return Finding.OTHER_QUESTION;
    }
    byte[] data = proof.authenticatorData();
    byte[] site = Sha256.of(new RelyingParty(proof.origin()).id());
    if (data.length < SHORTEST
        || !Arrays.equals(data, 0, FLAGS, site, 0, FLAGS)
        || (data[FLAGS] & PRESENT) == 0
        || (data[FLAGS] & VERIFIED) == 0) {
      return Finding.NOBODY_VERIFIED;
    }
    return signed(proof) ? Finding.PROVES : Finding.NOT_SIGNED;
  }

  private static boolean signed(SendProof proof) {
    try {
      boolean edwards = proof.algorithm() == Algorithms.ED25519;
      boolean rsa = proof.algorithm() == Algorithms.RS256;
      X509EncodedKeySpec spec = new X509EncodedKeySpec(proof.publicKey());
      PublicKey key =
          KeyFactory.getInstance(edwards ? "Ed25519" : rsa ? "RSA" : "EC").generatePublic(spec);
      Signature signature =
          Signature.getInstance(edwards ? "Ed25519" : rsa ? "SHA256withRSA" : "SHA256withECDSA");
      signature.initVerify(key);
      signature.update(proof.authenticatorData());
      signature.update(Sha256.of(proof.clientData()));
      return signature.verify(proof.signature());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
