package org.trefoil.vault.port;

import org.trefoil.core.Refusal;
import org.trefoil.core.wire.FromVault;
import org.trefoil.vault.browser.MessagePort;

/**
 * The only sender of the vault: it takes records of {@link FromVault} and nothing else, and none of
 * these has room for a secret.
 */
public final class Outbox {
  private final MessagePort port;
  private boolean open = true;

  public Outbox(MessagePort port) {
    this.port = port;
  }

  public void send(FromVault message) {
    if (open) {
      port.postMessage(message.toJson().write());
    }
  }

  /** Tells the page what the vault refused; the vault shows the sentence itself. */
  public void refused(Refusal refusal) {
    send(new FromVault.Refused(refusal.token(), refusal.data()));
  }

  /** The last message; nothing follows it. */
  public void close(String reason) {
    send(new FromVault.Closed(reason));
    open = false;
    port.close();
  }
}
