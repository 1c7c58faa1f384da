package org.trefoil.server.account;

import java.time.Instant;

/**
 * An open session of an account.
 *
 * <p>The token is the secret of the cookie: 256 random bits, base64url without padding. Only its
 * SHA-256 is stored. A session is <i>full</i> once the second factor was given.
 */
public final class Session {
  private final String token;
  private final Entry entry;

  /**
   * What is stored of a session.
   *
   * @param tokenHash SHA-256 of the token's ASCII text
   * @param sessionId public name, for the list of sessions
   * @param device what the browser called itself, shortened; public
   * @param address the network address that it signed in from; "" when that was not noted
   */
  public record Entry(
      byte[] tokenHash,
      String sessionId,
      String accountId,
      boolean full,
      Instant createdAt,
      Instant lastSeenAt,
      String device,
      String address) {
    public Entry {
      tokenHash = tokenHash.clone();
    }

    @Override
    public byte[] tokenHash() {
      return tokenHash.clone();
    }

    /** Which browser and from where, in words for its owner. */
    public String place() {
      return address.isEmpty() ? device : device + ", " + address;
    }

    @Override
    public String toString() {
      return "Session.Entry[" + sessionId + "]";
    }
  }

  Session(String token, Entry entry) {
    this.token = token;
    this.entry = entry;
  }

  /** The secret for the cookie; never log it. */
  public String token() {
    return token;
  }

  /** What is stored of it; nothing of it leads back to the token. */
  public Entry entry() {
    return entry;
  }

  public String sessionId() {
    return entry.sessionId();
  }

  public String accountId() {
    return entry.accountId();
  }

  /** Whether the second factor was given. */
  public boolean full() {
    return entry.full();
  }

  public Instant createdAt() {
    return entry.createdAt();
  }

  public String device() {
    return entry.device();
  }

  public String address() {
    return entry.address();
  }

  @Override
  public String toString() {
    return "Session[redacted]";
  }
}
