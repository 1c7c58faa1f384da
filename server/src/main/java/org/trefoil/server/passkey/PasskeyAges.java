package org.trefoil.server.passkey;

import java.time.Instant;
import java.util.Map;

/** Which passkeys do not confirm sends yet: a signer takes new ones after a wait. */
public interface PasskeyAges {
  /** All of them do. */
  PasskeyAges AT_ONCE =
      new PasskeyAges() {
        @Override
        public Map<String, Instant> young(String accountId) {
          return Map.of();
        }

        @Override
        public void hasten(Passkey passkey, SendProof proof) {}
      };

  /** Those of an account that do not, by public key in base64, and when they do. */
  Map<String, Instant> young(String accountId);

  /**
   * Has one of them do so at once, as another passkey that does signed of exactly it; refuses
   * {@code passkey-refused} and {@code factor-too-new}.
   */
  void hasten(Passkey passkey, SendProof proof);
}
