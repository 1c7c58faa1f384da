package org.trefoil.server.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * The two ceremonies of WebAuthn, checked by webauthn4j: the person present and verified each time,
 * and nothing demanded of who made the device.
 */
final class Ceremonies {
  private static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(
          algorithm(COSEAlgorithmIdentifier.ES256),
          algorithm(COSEAlgorithmIdentifier.EdDSA),
          algorithm(COSEAlgorithmIdentifier.RS256));

  private final ObjectConverter converter = new ObjectConverter();
  private final AttestedCredentialDataConverter credentials =
      new AttestedCredentialDataConverter(converter);
  private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);

  private static PublicKeyCredentialParameters algorithm(COSEAlgorithmIdentifier id) {
    return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, id);
  }

  /** What a new passkey says of itself; see {@link Passkey}. */
  record Registered(
      byte[] credentialId,
      byte[] credential,
      byte[] publicKey,
      int algorithm,
      long signCount,
      boolean backupEligible,
      boolean backedUp) {}

  /** The new passkey, or nothing when it is not what was asked for. */
  Optional<Registered> register(NewCredential made, RelyingParty site, byte[] challenge) {
    try {
      RegistrationData data =
          manager.parse(new RegistrationRequest(made.attestation(), made.clientData()));
      manager.verify(
          data, new RegistrationParameters(expected(site, challenge), ALGORITHMS, true, true));
      AuthenticatorData<?> told = data.getAttestationObject().getAuthenticatorData();
      AttestedCredentialData credential = told.getAttestedCredentialData();
      COSEKey key = credential.getCOSEKey();
      PublicKey known = key.getPublicKey();
      return Optional.of(
          new Registered(
              credential.getCredentialId(),
              credentials.convert(credential),
              known.getEncoded(),
              (int) key.getAlgorithm().getValue(),
              told.getSignCount(),
              told.isFlagBE(),
              told.isFlagBS()));
    } catch (RuntimeException e) {
      // Not only what it declares: a stranger's bytes make its parsers throw their own.
      return Optional.empty();
    }
  }

  /**
   * What an assertion says of the passkey now.
   *
   * @param backedUp whether it was copied to another device
   */
  record Answered(long signCount, boolean backedUp) {}

  /** Nothing when it is not what was asked for, or when its count went back. */
  Optional<Answered> answer(
      Assertion assertion, Passkey passkey, RelyingParty site, byte[] challenge) {
    try {
      AuthenticationData data =
          manager.parse(
              new AuthenticationRequest(
                  assertion.credentialId(),
                  assertion.authenticatorData(),
                  assertion.clientData(),
                  assertion.signature()));
      CredentialRecordImpl known =
          new CredentialRecordImpl(
              null,
              true,
              passkey.backupEligible(),
              passkey.backedUp(),
              passkey.signCount(),
              credentials.convert(passkey.credential()),
              null,
              null,
              null,
              null);
      manager.verify(
          data, new AuthenticationParameters(expected(site, challenge), known, null, true, true));
      AuthenticatorData<?> told = data.getAuthenticatorData();
      return Optional.of(new Answered(told.getSignCount(), told.isFlagBS()));
    } catch (RuntimeException e) {
      // Not only what it declares: a stranger's bytes make its parsers throw their own.
      return Optional.empty();
    }
  }

  private static ServerProperty expected(RelyingParty site, byte[] challenge) {
    return new ServerProperty(
        new Origin(site.origin()), site.id(), new DefaultChallenge(challenge));
  }
}
