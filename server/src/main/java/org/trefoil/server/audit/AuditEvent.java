package org.trefoil.server.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param subject what it happened to (a wallet's, send's or session's id); never a secret
 * @param detail a short public remark, such as a refusal's token
 */
public record AuditEvent(
    Instant at,
    AuditKind kind,
    @Nullable String accountId,
    @Nullable String subject,
    @Nullable String detail) {}
