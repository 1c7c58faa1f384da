/**
 * Whether this copy of the server may sign: of a server and its restored copies, one. Depends on
 * durable and keyfile.
 */
@NullMarked
package org.trefoil.server.fence;

import org.jspecify.annotations.NullMarked;
