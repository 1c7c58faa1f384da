/**
 * Public knowledge, on the server's JVM and in the vault's WebAssembly alike. Depends on nothing of
 * ours outside core; knows no private key, clock, randomness, I/O or log.
 */
@NullMarked
package org.trefoil.core;

import org.jspecify.annotations.NullMarked;
