/**
 * Coins, what they cost to spend, and which of them to spend. Public values and arithmetic only: it
 * knows keys and units, and nothing of PSBTs, of who proposes a transaction or of the chain.
 */
@NullMarked
package org.trefoil.core.coins;

import org.jspecify.annotations.NullMarked;
