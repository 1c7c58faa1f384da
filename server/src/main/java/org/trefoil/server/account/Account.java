package org.trefoil.server.account;

import java.time.Instant;

/**
 * A person's account.
 *
 * @param accountId 32 hex digits
 * @param email normalised, see {@link Email}
 */
public record Account(String accountId, String email, Instant createdAt) {}
