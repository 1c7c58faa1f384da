/**
 * Live updates: tells whoever listens that a wallet changed, in whichever process that happened.
 * Depends on cluster.
 */
@NullMarked
package org.trefoil.server.notify;

import org.jspecify.annotations.NullMarked;
