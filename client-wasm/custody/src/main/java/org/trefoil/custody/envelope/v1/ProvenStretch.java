package org.trefoil.custody.envelope.v1;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.custody.passcode.StretchedKey;
import org.trefoil.custody.secret.SecretBytes;
import org.trefoil.custody.slices.SlicedWork;

/**
 * What a passcode stretched to, once it has opened one of an envelope's two slots: to be wrapped.
 */
public final class ProvenStretch implements AutoCloseable {
  private final SecretBytes bytes;

  private ProvenStretch(SecretBytes bytes) {
    this.bytes = bytes;
  }

  /** Tries the passcode as {@link SlotsOpening} does, with its parameters and refusals. */
  public static SlicedWork<ProvenStretch> begin(
      SealedUserKey sealed, byte @Nullable [] second, Passcode passcode, EnvelopeBinding binding) {
    return new Stretching<>(Opening.stretch(sealed, passcode, binding)) {
      @Override
      ProvenStretch of(StretchedKey key) {
        Envelope.open(sealed, second, key, binding).close();
        return new ProvenStretch(key.toWrap());
      }
    };
  }

  SecretBytes bytes() {
    return bytes;
  }

  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public String toString() {
    return "ProvenStretch[redacted]";
  }
}
