/**
 * A second WebAssembly module, for tests and benchmarks only: it runs core and custody on seeded
 * cases and on the benchmark's fixtures, in the browser as on the JVM. No part of vault.wasm.
 */
@NullMarked
package org.trefoil.vault.proof;

import org.jspecify.annotations.NullMarked;
