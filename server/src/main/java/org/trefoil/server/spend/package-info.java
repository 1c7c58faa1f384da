/**
 * A send from proposal to confirmation, in the order that a crash cannot break. Depends on policy,
 * cosign, secondfactor, wallets and chain.
 */
@NullMarked
package org.trefoil.server.spend;

import org.jspecify.annotations.NullMarked;
