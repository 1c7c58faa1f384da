/**
 * Texts signed by named Ed25519 keys, in the form of C2SP's signed note. Stands on the JDK alone.
 */
@NullMarked
package org.trefoil.csp.note;

import org.jspecify.annotations.NullMarked;
