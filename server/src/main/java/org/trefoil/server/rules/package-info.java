/**
 * The rules that owners sign for their wallets: their chain, what changes them, and the stop of
 * everything. Decides nothing of a send, and sees neither chain nor keys of ours.
 */
@NullMarked
package org.trefoil.server.rules;

import org.jspecify.annotations.NullMarked;
