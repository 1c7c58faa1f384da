/**
 * The chain as strangers tell it over the peer-to-peer network: headers proven by their work, whole
 * blocks proven by their headers, transactions as they are overheard. Depends on bitcoinj's network
 * layer and on no wallet.
 */
@NullMarked
package org.trefoil.server.chain.peers;

import org.jspecify.annotations.NullMarked;
