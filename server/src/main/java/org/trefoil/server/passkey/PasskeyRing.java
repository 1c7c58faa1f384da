package org.trefoil.server.passkey;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trefoil.core.units.Utf8;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;

/**
 * Passkeys as they were added here, each row sealed under the key file. Guarantee: a row that
 * somebody with the database alone put in, moved to another account, gave another key or lets sign
 * in is no passkey. Limit: a row that was taken away is gone.
 */
final class PasskeyRing {
  private final PasskeyStore store;
  private final Pepper pepper;

  PasskeyRing(PasskeyStore store, KeyFile keyFile) {
    this.store = store;
    this.pepper = new Pepper(keyFile, "passkey-row");
  }

  /** The account's passkeys, the first one first. */
  List<Passkey> list(String accountId) {
    return store.list(accountId).stream()
        .filter(this::sealed)
        .map(PasskeyStore.Row::passkey)
        .toList();
  }

  Optional<Passkey> byCredential(byte[] credentialId) {
    return store.byCredential(credentialId).filter(this::sealed).map(PasskeyStore.Row::passkey);
  }

  /** Adds one; false when its credential is known already, whoever's it is. */
  boolean add(Passkey passkey) {
    return store.add(new PasskeyStore.Row(passkey, seal(passkey, passkey.signsIn())));
  }

  /** Sets the name of one and whether it signs in; false when it is gone. */
  boolean change(Passkey passkey, String name, boolean signsIn) {
    return store.change(passkey, name, signsIn, seal(passkey, signsIn));
  }

  /** As {@link PasskeyStore#used}. */
  boolean used(Passkey passkey, long count, boolean backedUp, Instant at) {
    return store.used(passkey.passkeyId(), passkey.signCount(), count, backedUp, at);
  }

  private boolean sealed(PasskeyStore.Row row) {
    byte[] seal = row.seal();
    Passkey passkey = row.passkey();
    return seal != null && MessageDigest.isEqual(seal, seal(passkey, passkey.signsIn()));
  }

  private byte[] seal(Passkey passkey, boolean signsIn) {
    return pepper.of(
        Utf8.of(passkey.passkeyId()),
        Utf8.of(passkey.accountId()),
        passkey.credentialId(),
        passkey.credential(),
        passkey.publicKey(),
        Utf8.of(Integer.toString(passkey.algorithm())),
        Utf8.of(Boolean.toString(signsIn)));
  }
}
