/**
 * What scripts ask of those who spend, as far as wallets of this family go. Depends on core and
 * bitcoinj alone.
 */
@NullMarked
package org.trefoil.server.chain.script;

import org.jspecify.annotations.NullMarked;
