package org.trefoil.server.spend;

import java.util.EnumSet;
import org.trefoil.server.audit.AuditKind;
import org.trefoil.server.audit.AuditLog;

/** All sends of a database that wait by a rule. */
public final class Held {
  private Held() {}

  /**
   * Cancels them and lets their coins go. For a restored copy, which knows of nothing that their
   * owners cancelled since.
   */
  public static void cancelAll(SendStore store, AuditLog audit) {
    for (SendRecord send : store.held()) {
      if (store.move(send.sendId(), EnumSet.of(SendStage.HELD), SendStage.CANCELLED, null, null)) {
        store.release(send.sendId());
        audit.note(AuditKind.SEND_CANCELLED, null, send.sendId(), "restored");
      }
    }
  }
}
