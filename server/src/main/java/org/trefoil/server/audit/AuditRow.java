package org.trefoil.server.audit;

import org.jspecify.annotations.Nullable;

/**
 * An event in its place in the chains.
 *
 * @param place its number among all events, from 1
 * @param link see {@link AuditChain#link}
 * @param whole see {@link AuditChain#whole}; null in an account's file where nothing is signed
 * @param signature Ed25519 over {@link AuditChain#checkpoint}, or null
 */
public record AuditRow(
    long place,
    AuditEntry entry,
    byte[] link,
    byte @Nullable [] whole,
    byte @Nullable [] signature) {}
