/**
 * Whether this browser calculates right, asked before anything else is. Depends on core and custody
 * only, so that the same answers are asked for on the JVM.
 */
@NullMarked
package org.trefoil.vault.selftest;

import org.jspecify.annotations.NullMarked;
