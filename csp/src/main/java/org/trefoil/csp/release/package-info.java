/**
 * What was released, who signed it, and that a log holds it: the manifest of a release, the keys
 * that releases are believed by, and the commands that sign one. Stands on the JDK alone.
 */
@NullMarked
package org.trefoil.csp.release;

import org.jspecify.annotations.NullMarked;
