package org.trefoil.server.passkey;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Which passkeys do not confirm sends yet: a signer takes new ones after a wait. */
public interface PasskeyAges {
  /** All of them do. */
  PasskeyAges AT_ONCE =
      new PasskeyAges() {
        @Override
        public Map<String, Instant> young(String accountId, List<Passkey> known) {
          return Map.of();
        }

        @Override
        public boolean leavesLate() {
          return false;
        }

        @Override
        public void hasten(Passkey passkey, SendProof proof) {}
      };

  /**
   * Those of an account that do not, by public key in base64, and when they do.
   *
   * @param known all of its passkeys; what a signer knows beside them is removed there
   */
  Map<String, Instant> young(String accountId, List<Passkey> known);

  /** Whether one that does is forgotten after a wait, unless a code removes it. */
  boolean leavesLate();

  /**
   * Has one of them do so at once, as another passkey that does signed of exactly it; refuses
   * {@code passkey-refused} and {@code factor-too-new}.
   */
  void hasten(Passkey passkey, SendProof proof);
}
