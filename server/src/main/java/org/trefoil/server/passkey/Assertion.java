package org.trefoil.server.passkey;

/**
 * What a passkey signed, as the browser hands it over.
 *
 * @param credentialId which passkey
 * @param clientData the browser's JSON, with the challenge and the origin in it
 * @param authenticatorData who asked for it, whether a person was there and was verified
 * @param signature over authenticatorData and the SHA-256 of clientData
 */
public record Assertion(
    byte[] credentialId, byte[] clientData, byte[] authenticatorData, byte[] signature) {
  @Override
  public String toString() {
    return "Assertion[" + clientData.length + " bytes]";
  }
}
