/**
 * Stand-ins for classes of the Java platform that the WebAssembly class library lacks; compiled
 * into {@code vault.wasm} only, never used on the JVM. Depends on Bouncy Castle and slf4j.
 */
@NullMarked
package org.trefoil.vault.standin;

import org.jspecify.annotations.NullMarked;
