/**
 * What a wallet allows: turns a checked spend with its second factor into an approved one, or
 * refuses. Depends on core alone.
 */
@NullMarked
package org.trefoil.server.policy;

import org.jspecify.annotations.NullMarked;
