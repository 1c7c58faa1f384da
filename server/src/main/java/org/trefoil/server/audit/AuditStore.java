package org.trefoil.server.audit;

import java.util.List;

/** Where audit events go. There is no way to change or remove one. */
public interface AuditStore {
  /** Appends the event; inside a transaction it stands or falls with the rest of the work. */
  void append(AuditEvent event);

  /** The latest events of an account, newest first. */
  List<AuditEvent> latest(String accountId, int limit);
}
