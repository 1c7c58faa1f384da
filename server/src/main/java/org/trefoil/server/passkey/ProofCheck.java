package org.trefoil.server.passkey;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.server.passkey.Preimage.Deed;

/**
 * Whether a stored proof shows that a person, verified by a passkey, confirmed exactly one
 * transaction of one wallet. Needs the proof and the JDK alone: no database, no clock, no library.
 */
public final class ProofCheck {
  private static final Map<Integer, String> KINDS =
      Map.of(Algorithms.ES256, "EC", Algorithms.ED25519, "Ed25519", Algorithms.RS256, "RSA");
  private static final Map<Integer, String> SIGNATURES =
      Map.of(
          Algorithms.ES256,
          "SHA256withECDSA",
          Algorithms.ED25519,
          "Ed25519",
          Algorithms.RS256,
          "SHA256withRSA");
  private static final Map<String, Class<? extends KeySpec>> PARTS =
      Map.of(
          "EC",
          ECPublicKeySpec.class,
          "Ed25519",
          EdECPublicKeySpec.class,
          "RSA",
          RSAPublicKeySpec.class);
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
    /** The passkey answered another site, or none that passkeys answer. */
    OTHER_SITE,
    /** Nobody was at the passkey. */
    NOBODY_THERE,
    /** Nobody was verified by it. */
    NOBODY_VERIFIED,
    /**
     * The key cannot be read, is written in another way than keys are, or is of a kind that no
     * passkey of ours has.
     */
    UNKNOWN_KEY,
    /** The passkey did not sign it. */
    NOT_SIGNED
  }

  /**
   * Checks a proof of a send, whether it is of who began it or of who said yes to it.
   *
   * @param digest of the transaction that was co-signed, computed from that transaction
   */
  public static Finding of(SendProof proof, String walletId, byte[] digest) {
    Deed deed = Preimage.deed(proof.preimage());
    return deed == Deed.PASSKEY ? Finding.OTHER_TRANSACTION : of(proof, deed, walletId, digest);
  }

  /**
   * Checks what a passkey signed for one deed.
   *
   * @param deed null for a proof of an older release, which says none
   * @param subject wallet; account where it is of another passkey
   * @param digest computed from what it is of
   */
  public static Finding of(SendProof proof, @Nullable Deed deed, String subject, byte[] digest) {
    byte[] preimage = proof.preimage();
    long version = Preimage.policyVersion(preimage);
    if (!MessageDigest.isEqual(proof.digest(), digest)
        || !Preimage.is(preimage, deed, subject, digest, version, Preimage.end(preimage))) {
      return Finding.OTHER_TRANSACTION;
    }
    if (!ClientData.GET.says(proof.clientData(), Preimage.challenge(preimage), proof.origin())) {
      return Finding.OTHER_QUESTION;
    }
    RelyingParty site = new RelyingParty(proof.origin());
    if (!site.isSite()) {
      return Finding.OTHER_SITE;
    }
    byte[] data = proof.authenticatorData();
    if (data.length < SHORTEST || !Arrays.equals(data, 0, FLAGS, Sha256.of(site.id()), 0, FLAGS)) {
      return Finding.OTHER_SITE;
    }
    if ((data[FLAGS] & PRESENT) == 0) {
      return Finding.NOBODY_THERE;
    }
    if ((data[FLAGS] & VERIFIED) == 0) {
      return Finding.NOBODY_VERIFIED;
    }
    return signed(proof);
  }

  private static Finding signed(SendProof proof) {
    String kind = KINDS.get(proof.algorithm());
    if (kind == null) {
      return Finding.UNKNOWN_KEY;
    }
    PublicKey key;
    try {
      key = key(kind, proof.publicKey());
    } catch (GeneralSecurityException e) {
      return Finding.UNKNOWN_KEY;
    }
    if (key instanceof ECPublicKey && !EcdsaSignature.inRange(proof.signature())) {
      return Finding.NOT_SIGNED;
    }
    try {
      Signature signature = Signature.getInstance(SIGNATURES.get(proof.algorithm()));
      signature.initVerify(key);
      signature.update(proof.authenticatorData());
      signature.update(Sha256.of(proof.clientData()));
      return signature.verify(proof.signature()) ? Finding.PROVES : Finding.NOT_SIGNED;
    } catch (GeneralSecurityException e) {
      return Finding.NOT_SIGNED;
    }
  }

  /** A key that is written in the one right way: else one key would have many fingerprints. */
  private static PublicKey key(String kind, byte[] encoded) throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance(kind);
    PublicKey key = factory.generatePublic(new X509EncodedKeySpec(encoded));
    if (key instanceof ECPublicKey ec && !ec.getParams().getOrder().equals(EcdsaSignature.ORDER)) {
      throw new InvalidKeyException("on another curve");
    }
    PublicKey again = factory.generatePublic(factory.getKeySpec(key, PARTS.get(kind)));
    if (!Arrays.equals(again.getEncoded(), encoded)) {
      throw new InvalidKeyException("written otherwise");
    }
    return key;
  }
}
