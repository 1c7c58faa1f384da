package org.trefoil.server.passkey;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;

/**
 * Codes of ours that stand where a code of the app stands, given to whoever's passkey answered: 256
 * random bits in hex digits, good once and for two minutes, and never for a send. What is stored is
 * an HMAC of one with its account under the key file, so that whoever writes into the database
 * alone can put none there.
 */
public final class PasskeyTickets {
  private static final int BYTES = 32;

  private final PasskeyStore store;
  private final Pepper pepper;
  private final InstantSource clock;
  private final SecureRandom random;

  PasskeyTickets(PasskeyStore store, KeyFile keyFile, InstantSource clock, SecureRandom random) {
    this.store = store;
    this.pepper = new Pepper(keyFile, "passkey-ticket");
    this.clock = clock;
    this.random = random;
  }

  String fresh(String accountId) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String ticket = HexFormat.of().formatHex(bytes);
    store.addTicket(hash(accountId, ticket), accountId, clock.instant().plus(Passkeys.LIFE));
    return ticket;
  }

  /** Whether a text has the form of one. */
  public static boolean isOne(String typed) {
    return typed.matches("[0-9a-f]{64}");
  }

  /** Uses one up; false when there is none such, of this account, or it was used or is over. */
  public boolean use(String accountId, String ticket) {
    return store.useTicket(hash(accountId, ticket), accountId, clock.instant());
  }

  private byte[] hash(String accountId, String ticket) {
    return pepper.of(
        accountId.getBytes(StandardCharsets.UTF_8), ticket.getBytes(StandardCharsets.UTF_8));
  }
}
