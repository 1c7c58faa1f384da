/**
 * The chain: sources of blocks and transactions (practice chain, bitcoind), the follower that
 * indexes them for all wallets, and what the other rooms may ask about them. Only this room speaks
 * to nodes. It depends on {@code durable} and the core, on no other room, and holds no key of a
 * wallet.
 */
@NullMarked
package org.trefoil.server.chain;

import org.jspecify.annotations.NullMarked;
