/**
 * People beside the owner of a wallet: who they are, what they may, how they are asked and leave.
 * Depends on wallets, account, secondfactor, audit, keyfile and durable.
 */
@NullMarked
package org.trefoil.server.members;

import org.jspecify.annotations.NullMarked;
