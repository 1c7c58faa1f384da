/**
 * The vault's entry point. Everything here becomes {@code vault.wasm}; nothing runs on a server.
 */
@NullMarked
package org.trefoil.vault;

import org.jspecify.annotations.NullMarked;
