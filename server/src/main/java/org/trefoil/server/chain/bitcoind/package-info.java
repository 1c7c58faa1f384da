/**
 * A bitcoind that somebody runs, asked over JSON-RPC. The node is believed about its chain, not
 * about ours.
 */
@NullMarked
package org.trefoil.server.chain.bitcoind;

import org.jspecify.annotations.NullMarked;
