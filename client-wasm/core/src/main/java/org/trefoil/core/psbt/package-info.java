/**
 * Partially signed transactions (BIP-0174 version 0): reading, writing, signature hashes,
 * combining, finishing. It decides nothing about what may be signed and does not depend on the
 * proposal room.
 */
@NullMarked
package org.trefoil.core.psbt;

import org.jspecify.annotations.NullMarked;
