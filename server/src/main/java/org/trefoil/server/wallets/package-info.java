/**
 * Wallets from draft to active: keys stored, paper checked, addresses handed out, views. Holds
 * public keys and ciphertext only. Depends on chain, cosign's public face, audit, limits and
 * durable.
 */
@NullMarked
package org.trefoil.server.wallets;

import org.jspecify.annotations.NullMarked;
