/**
 * Runs the standards' own vectors and ours. Plain Java that gets its files as text and returns what
 * failed, so that the same code runs under JUnit and inside a WebAssembly test build.
 */
@NullMarked
package org.trefoil.custody.vectors;

import org.jspecify.annotations.NullMarked;
