package org.trefoil.server.passkey;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * Codes of ours that stand where a code of the app stands, given to whoever's passkey answered: 256
 * random bits in hex digits, good once and for two minutes, and never for a send. Their SHA-256
 * alone is stored.
 */
public final class PasskeyTickets {
  private static final int BYTES = 32;

  private final PasskeyStore store;
  private final InstantSource clock;
  private final SecureRandom random;

  PasskeyTickets(PasskeyStore store, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  String fresh(String accountId) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String ticket = HexFormat.of().formatHex(bytes);
    store.addTicket(Sha256.of(ticket), accountId, clock.instant().plus(Passkeys.LIFE));
    return ticket;
  }

  /** Whether a text has the form of one. */
  public static boolean isOne(String typed) {
    return typed.matches("[0-9a-f]{64}");
  }

  /** Uses one up; false when there is none such, of this account, or it was used or is over. */
  public boolean use(String accountId, String ticket) {
    return store.useTicket(Sha256.of(ticket), accountId, clock.instant());
  }
}
