package org.trefoil.server.passkey;

import java.util.List;

/**
 * A passkey that was just made, as the browser hands it over.
 *
 * @param attestation WebAuthn's attestation object; nothing is demanded of who made the device
 * @param transports how it is reached, as the browser says
 */
public record NewCredential(byte[] clientData, byte[] attestation, List<String> transports) {
  public NewCredential {
    transports = List.copyOf(transports);
  }

  @Override
  public String toString() {
    return "NewCredential[" + attestation.length + " bytes]";
  }
}
