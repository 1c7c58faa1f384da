package org.trefoil.server.store;

import java.util.Collections;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.trefoil.server.audit.AuditEvent;
import org.trefoil.server.audit.AuditStore;
import org.trefoil.server.store.Database.Gathered;

/** Audit events in the table {@code audit_event}. */
public final class JdbiAuditStore implements AuditStore {
  private static final Gathered<AuditEvent> APPEND = JdbiAuditStore::append;

  private final Database database;

  public JdbiAuditStore(Database database) {
    this.database = database;
  }

  @Override
  public void append(AuditEvent event) {
    database.last(APPEND, event);
  }

  private static void append(Handle handle, List<AuditEvent> events, String end) {
    String rows = String.join(", ", Collections.nCopies(events.size(), "(?, ?, ?, ?, ?)"));
    Update insert =
        handle.createUpdate(
            "INSERT INTO audit_event (at, kind, account_id, subject, detail) VALUES " + rows + end);
    int at = 0;
    for (AuditEvent event : events) {
      insert
          .bind(at++, event.at().getEpochSecond())
          .bind(at++, event.kind().id())
          .bind(at++, event.accountId())
          .bind(at++, event.subject())
          .bind(at++, event.detail());
    }
    insert.execute();
  }
}
