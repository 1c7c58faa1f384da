/** The same code on the JVM and as WebAssembly in a browser: the same vectors, the same bytes. */
package org.trefoil.e2e.vectors;
