/** The port of the rate limits. Depends on nothing. */
@NullMarked
package org.trefoil.server.limits;

import org.jspecify.annotations.NullMarked;
