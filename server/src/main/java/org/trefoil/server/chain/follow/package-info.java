/**
 * Follows a chain source for all wallets: what was paid to them, what they spent, and back again
 * when the chain reorganises. Depends on the sources only through {@code ChainSource}.
 */
@NullMarked
package org.trefoil.server.chain.follow;

import org.jspecify.annotations.NullMarked;
