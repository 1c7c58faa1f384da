package org.trefoil.custody.envelope.v1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.envelope.WrapContext;
import org.trefoil.core.envelope.WrappedKey;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.PrfOutput;
import org.trefoil.custody.passcode.Stretch;
import org.trefoil.custody.passcode.StretchedKey;
import org.trefoil.custody.secret.SecretBytes;
import org.trefoil.custody.slices.SlicedWork;

/**
 * A second way into an envelope: what the passcode stretches to, wrapped under a passkey's PRF
 * output and a stretched PIN together.
 *
 * <p>Guarantee: neither of the two alone opens anything, and either passcode's stretch is wrapped
 * and unwrapped by the same steps. Limit: the PRF output passes through the page around the vault;
 * whoever saw it there has the PIN alone to guess, at one Argon2id run each.
 */
public final class Wrapping {
  /** HKDF label of the wrapping key; the context follows it. */
  static final String LABEL = "trefoil/wrapped-key/1";

  private Wrapping() {}

  /**
   * Wraps {@code key}, which must stay open until it is finished; {@code pin} and {@code prf} may
   * be closed at once.
   */
  public static SlicedWork<WrappedKey> wrap(
      ProvenStretch key,
      Passcode pin,
      PrfOutput prf,
      WrapContext context,
      Stretch.Params params,
      Entropy entropy) {
    Entropy checked = Entropy.checked(entropy);
    byte[] salt = checked.bytes(SealedUserKey.SALT_LENGTH);
    byte[] nonce = checked.bytes(SealedUserKey.NONCE_LENGTH);
    byte[] header =
        WrappedKey.header(
            params.memoryKiB(), params.iterations(), params.parallelism(), salt, nonce);
    return new WithPasskey<>(Stretch.begin(pin, salt, params), prf) {
      @Override
      WrappedKey of(StretchedKey stretched) {
        try (SecretBytes kek = kek(stretched, context, salt)) {
          byte[] associated = associated(header, context);
          return WrappedKey.of(
              header, AesGcm.seal(kek.exposed(), nonce, associated, key.bytes().exposed()));
        }
      }
    };
  }

  /**
   * Unwraps, and opens the user key as the passcode does. Refuses {@code pin-wrong} where PIN,
   * passkey or context are others, and what {@link SlotsOpening} refuses.
   */
  public static SlicedWork<Opened> open(
      WrappedKey wrapped,
      Passcode pin,
      PrfOutput prf,
      WrapContext context,
      SealedUserKey sealed,
      byte @Nullable [] second,
      EnvelopeBinding binding) {
    if (!sealed.claims(binding)) {
      throw Refusal.of(Token.KEY_SET_CHANGED).exception();
    }
    Stretch.Params params =
        new Stretch.Params(wrapped.memoryKiB(), wrapped.iterations(), wrapped.parallelism());
    return new WithPasskey<>(Stretch.begin(pin, wrapped.salt(), params), prf) {
      @Override
      Opened of(StretchedKey stretched) {
        byte[] associated = associated(wrapped.header(), context);
        byte[] bytes;
        try (SecretBytes kek = kek(stretched, context, wrapped.salt())) {
          bytes = AesGcm.open(kek.exposed(), wrapped.nonce(), associated, wrapped.ciphertext());
        }
        if (bytes == null) {
          throw Refusal.of(Token.PIN_WRONG).exception();
        }
        try (StretchedKey passcode = StretchedKey.unwrapped(bytes)) {
          return Envelope.open(sealed, second, passcode, binding);
        }
      }
    };
  }

  private static byte[] associated(byte[] header, WrapContext context) {
    byte[] digest = context.digest();
    byte[] associated = Arrays.copyOf(header, header.length + digest.length);
    System.arraycopy(digest, 0, associated, header.length, digest.length);
    return associated;
  }

  /** A stretch of the PIN, beside its own copy of what the passkey gave. */
  private abstract static class WithPasskey<T> extends Stretching<T> {
    private final PrfOutput prf;

    WithPasskey(Stretch stretch, PrfOutput prf) {
      super(stretch);
      this.prf = prf.copy();
    }

    SecretBytes kek(StretchedKey stretched, WrapContext context, byte[] salt) {
      return stretched.deriveWith(prf, LABEL, context.digest(), salt, 32);
    }

    @Override
    public void close() {
      prf.close();
      super.close();
    }
  }
}
