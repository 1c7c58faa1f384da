/**
 * Live updates: tells whoever listens that a wallet changed, inside this process. Depends on
 * nothing.
 */
@NullMarked
package org.trefoil.server.notify;

import org.jspecify.annotations.NullMarked;
