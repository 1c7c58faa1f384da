/**
 * Coins of a key that somebody brings from elsewhere: looked for, and handed to the network once
 * the owner's vault has signed for them. It sees scripts and signed transactions, never the key.
 * Depends on wallets, chain, notify, audit and durable.
 */
@NullMarked
package org.trefoil.server.sweep;

import org.jspecify.annotations.NullMarked;
