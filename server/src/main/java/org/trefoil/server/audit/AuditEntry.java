package org.trefoil.server.audit;

import org.jspecify.annotations.Nullable;

/**
 * An event as it is chained. Its kind is text here: what somebody put into the database in its
 * place need not be one of ours.
 *
 * @param book whose record it stands in: an account's id, or "" for what is about none
 * @param seq its number there, from 1
 * @param at epoch seconds
 * @param account as it was written with the event; a send's later stages are written without one
 */
public record AuditEntry(
    String book,
    long seq,
    long at,
    String kind,
    @Nullable String account,
    @Nullable String subject,
    @Nullable String detail) {}
