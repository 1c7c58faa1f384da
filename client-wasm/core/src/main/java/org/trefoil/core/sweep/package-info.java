/**
 * Spends of a single key that is no wallet's: the scripts that such a key is paid by, its coins,
 * and the transactions that bring them in. Public values only; it knows coins, PSBT's transactions
 * and the bounds of fees, and nothing of wallets, the wire or the chain.
 */
@NullMarked
package org.trefoil.core.sweep;

import org.jspecify.annotations.NullMarked;
