/**
 * Entropy as words a person can write down (BIP-0039, English). Depends on the core's word list and
 * {@code secret}.
 */
@NullMarked
package org.trefoil.custody.bip39;

import org.jspecify.annotations.NullMarked;
