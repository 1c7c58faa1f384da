package org.trefoil.server.spend;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From where a send is asked for.
 *
 * @param address the network address; null when that is not known
 * @param knownSince since when the account is signed in to in this browser; null when it is new
 */
public record Whence(@Nullable String address, @Nullable Instant knownSince) {
  /** From where nobody knows. */
  public static final Whence UNKNOWN = new Whence(null, null);
}
