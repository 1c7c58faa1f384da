package org.trefoil.custody.envelope.v1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.Marks;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.StretchedKey;
import org.trefoil.custody.secret.SecretBytes;

/** The envelope's cryptography, once the passcode is stretched. */
final class Envelope {
  /** HKDF label of the sealing key. */
  static final String LABEL = "trefoil/envelope/1";

  /** That of the second slot's. */
  private static final String SECOND_LABEL = "trefoil/second-slot/1";

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

  /** The user key once more, under a second passcode: nonce (12), ciphertext and tag (80). */
  static byte[] sealSecond(
      UserSeed seed, StretchedKey stretched, SealedUserKey beside, byte[] nonce) {
    byte[] plaintext = Arrays.copyOf(seed.exposedEntropy(), UserSeed.LENGTH + DIGEST);
    System.arraycopy(beside.claimed().digest(), 0, plaintext, UserSeed.LENGTH, DIGEST);
    try (SecretBytes key = stretched.derive(SECOND_LABEL, beside.salt(), 32)) {
      byte[] ciphertext = AesGcm.seal(key.exposed(), nonce, beside.bytes(), plaintext);
      byte[] slot = Arrays.copyOf(nonce, nonce.length + ciphertext.length);
      System.arraycopy(ciphertext, 0, slot, nonce.length, ciphertext.length);
      return slot;
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  static UserSeed open(SealedUserKey sealed, StretchedKey stretched, EnvelopeBinding binding) {
    return seed(first(sealed, stretched), binding);
  }

  /** Tries both slots, always, and takes the one that opens. */
  static Opened open(
      SealedUserKey sealed,
      byte @Nullable [] slot,
      StretchedKey stretched,
      EnvelopeBinding binding) {
    byte[] first = first(sealed, stretched);
    byte[] second = slot == null ? null : second(slot, sealed, stretched);
    return new Opened(
        seed(first == null ? second : first, binding), Marker.of(stretched, sealed.salt()));
  }

  private static byte @Nullable [] first(SealedUserKey sealed, StretchedKey stretched) {
    try (SecretBytes key = stretched.derive(LABEL, sealed.salt(), 32)) {
      return AesGcm.open(
          key.exposed(), sealed.nonce(), sealed.associatedData(), sealed.ciphertext());
    }
  }

  private static byte @Nullable [] second(
      byte[] slot, SealedUserKey beside, StretchedKey stretched) {
    if (slot.length != Marks.SLOT_LENGTH) {
      throw Refusal.of(Token.ENVELOPE_DAMAGED).exception();
    }
    byte[] nonce = Arrays.copyOf(slot, SealedUserKey.NONCE_LENGTH);
    byte[] ciphertext = Arrays.copyOfRange(slot, SealedUserKey.NONCE_LENGTH, slot.length);
    try (SecretBytes key = stretched.derive(SECOND_LABEL, beside.salt(), 32)) {
      return AesGcm.open(key.exposed(), nonce, beside.bytes(), ciphertext);
    }
  }

  /** Wipes {@code plaintext}. Refuses {@code passcode-wrong} for none. */
  private static UserSeed seed(byte @Nullable [] plaintext, EnvelopeBinding binding) {
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
