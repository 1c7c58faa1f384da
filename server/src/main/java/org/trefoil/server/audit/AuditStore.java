package org.trefoil.server.audit;

/** Where audit events go. There is no way to change or remove one. */
public interface AuditStore {
  /** Appends the event; inside a transaction it stands or falls with the rest of the work. */
  void append(AuditEvent event);
}
