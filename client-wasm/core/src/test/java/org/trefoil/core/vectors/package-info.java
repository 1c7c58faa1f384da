/**
 * Runs the standards' own test vectors. Plain Java that gets its files as text and returns what
 * failed, so that the same code runs under JUnit and inside a WebAssembly test build.
 */
@NullMarked
package org.trefoil.core.vectors;

import org.jspecify.annotations.NullMarked;
