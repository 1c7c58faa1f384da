/**
 * Private keys that people bring from elsewhere, as WIF or encrypted by BIP-0038. Depends on {@code
 * keys}, {@code passcode}, {@code secret}, {@code slices} and the core; it knows no wallet.
 */
@NullMarked
package org.trefoil.custody.foreign;

import org.jspecify.annotations.NullMarked;
