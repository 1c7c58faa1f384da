/**
 * The server's own keys: made here, sealed here, used here. The only room that touches private
 * keys; signs nothing but an approved spend.
 */
@NullMarked
package org.trefoil.server.cosign;

import org.jspecify.annotations.NullMarked;
