package org.trefoil.server.mail;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes our mail.
 *
 * @param wrapped whether TLS begins before the first word ({@code smtps}); otherwise STARTTLS
 * @param plain whether it may be spoken to without TLS: on this machine alone
 * @param patience for one mail, whatever the server does
 */
public record SmtpSettings(
    String host,
    int port,
    boolean wrapped,
    boolean plain,
    @Nullable String user,
    @Nullable String password,
    String from,
    Duration patience) {
  @Override
  public String toString() {
    return "SmtpSettings[" + host + ":" + port + "]";
  }
}
