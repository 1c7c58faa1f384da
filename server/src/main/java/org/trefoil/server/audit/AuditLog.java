package org.trefoil.server.audit;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes events to the audit table and to the log. */
public final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger("audit");

  private final AuditStore store;
  private final InstantSource clock;

  public AuditLog(AuditStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Notes an event about an account. */
  public void note(AuditKind kind, @Nullable String accountId) {
    note(kind, accountId, null, null);
  }

  /** Notes an event about one of an account's things. */
  public void note(
      AuditKind kind,
      @Nullable String accountId,
      @Nullable String subject,
      @Nullable String detail) {
    Instant now = clock.instant();
    store.append(new AuditEvent(now, kind, accountId, subject, detail));
    LOG.info("{} account={} subject={} detail={}", kind.id(), accountId, subject, detail);
  }
}
