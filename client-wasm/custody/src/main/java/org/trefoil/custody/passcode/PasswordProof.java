package org.trefoil.custody.passcode;

import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.secret.SecretBytes;
import org.trefoil.custody.slices.SlicedWork;

/**
 * What the server gets in place of the account password: HKDF-SHA256 with its own label over
 * Argon2id with its own salt.
 *
 * <p>Guarantee: the proof, the salt and the parameters tell nothing that opens a sealed key, even
 * where one phrase was chosen for both; to learn the phrase costs an Argon2id run a guess. Limit:
 * whoever has the proof can sign in as far as the password reaches, so it is shown to the server
 * only.
 */
public final class PasswordProof {
  /** HKDF label of the proof. */
  public static final String LABEL = "trefoil/account-proof/1";

  /** Bytes of the proof. */
  public static final int LENGTH = 32;

  private final byte[] salt;
  private final Stretch.Params params;
  private final byte[] proof;

  private PasswordProof(byte[] salt, Stretch.Params params, byte[] proof) {
    this.salt = salt;
    this.params = params;
    this.proof = proof;
  }

  /** Begins a proof for a new password, under a fresh salt. */
  public static SlicedWork<PasswordProof> make(
      Passcode password, Entropy entropy, Stretch.Params params) {
    return prove(password, Entropy.checked(entropy).bytes(Stretch.SALT_LENGTH), params);
  }

  /** Begins a proof under the salt and parameters the server named; refuses weak or absurd ones. */
  public static SlicedWork<PasswordProof> prove(
      Passcode password, byte[] salt, Stretch.Params params) {
    byte[] own = salt.clone();
    Stretch stretch = Stretch.begin(password, own, params);
    return new SlicedWork<>() {
      @Override
      public boolean step() {
        return stretch.step();
      }

      @Override
      public int percent() {
        return stretch.percent();
      }

      @Override
      public PasswordProof finish() {
        try (StretchedKey key = stretch.finish();
            SecretBytes proof = key.derive(LABEL, own, LENGTH)) {
          return new PasswordProof(own, params, proof.exposed().clone());
        }
      }

      @Override
      public void close() {
        stretch.close();
      }
    };
  }

  /** 16 bytes, public. */
  public byte[] salt() {
    return salt.clone();
  }

  public Stretch.Params params() {
    return params;
  }

  /** 32 bytes for the server alone. */
  public byte[] proof() {
    return proof.clone();
  }

  @Override
  public String toString() {
    return "PasswordProof[redacted]";
  }
}
