/**
 * Public keys of a wallet and who holds them: paths, xpubs, the m-of-n key set, what keys state.
 * Depends on units and address; knows no private key.
 */
@NullMarked
package org.trefoil.core.keys;

import org.jspecify.annotations.NullMarked;
