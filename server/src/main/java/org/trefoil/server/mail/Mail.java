package org.trefoil.server.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail as its recipient reads it: plain text. It may hold a link that opens something, so it is
 * never logged.
 *
 * @param accountId whose account it is about
 */
public record Mail(
    String mailId,
    @Nullable String accountId,
    String recipient,
    String subject,
    String text,
    Instant createdAt) {
  @Override
  public String toString() {
    return "Mail[" + mailId + "]";
  }
}
