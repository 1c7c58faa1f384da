package org.trefoil.custody.envelope.v1;

import java.util.Arrays;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.StretchedKey;
import org.trefoil.custody.secret.SecretBytes;

/** The envelope's cryptography, once the passcode is stretched. */
final class Envelope {
  /** HKDF label of the sealing key. */
  static final String LABEL = "trefoil/envelope/1";

  private static final int DIGEST = 32;

  private Envelope() {}

  static SealedUserKey seal(
      UserSeed seed, StretchedKey stretched, byte[] header, EnvelopeBinding binding) {
    byte[] plaintext = Arrays.copyOf(seed.exposedEntropy(), UserSeed.LENGTH + DIGEST);
    System.arraycopy(binding.digest(), 0, plaintext, UserSeed.LENGTH, DIGEST);
    byte[] salt = Arrays.copyOfRange(header, 13, 29);
    byte[] nonce = Arrays.copyOfRange(header, 29, 41);
    try (SecretBytes key = stretched.derive(LABEL, salt, 32)) {
      byte[] ciphertext = AesGcm.seal(key.exposed(), nonce, header, plaintext);
      return SealedUserKey.of(header, binding, ciphertext);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  static UserSeed open(SealedUserKey sealed, StretchedKey stretched, EnvelopeBinding binding) {
    try (SecretBytes key = stretched.derive(LABEL, sealed.salt(), 32)) {
      byte[] plaintext =
          AesGcm.open(key.exposed(), sealed.nonce(), sealed.associatedData(), sealed.ciphertext());
      if (plaintext == null) {
        throw Refusal.of(Token.PASSCODE_WRONG).exception();
      }
      byte[] bound = Arrays.copyOfRange(plaintext, UserSeed.LENGTH, UserSeed.LENGTH + DIGEST);
      byte[] entropy = Arrays.copyOf(plaintext, UserSeed.LENGTH);
      Arrays.fill(plaintext, (byte) 0);
      SecretBytes owned = SecretBytes.takingOver(entropy);
      if (!SecretBytes.equalsInConstantTime(bound, binding.digest())) {
        owned.close();
        throw Refusal.of(Token.KEY_SET_CHANGED).exception();
      }
      return UserSeed.takingOver(owned);
    }
  }
}
