package org.trefoil.server.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's account.
 *
 * @param accountId 32 hex digits
 * @param email normalised, see {@link Email}
 * @param confirmedAt when it was shown that mail to the address reaches its owner; null for never
 */
public record Account(
    String accountId, String email, Instant createdAt, @Nullable Instant confirmedAt) {}
