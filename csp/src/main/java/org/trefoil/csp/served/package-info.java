/**
 * What a running site serves, compared with the release that it says to be. Stands on the JDK
 * alone.
 */
@NullMarked
package org.trefoil.csp.served;

import org.jspecify.annotations.NullMarked;
