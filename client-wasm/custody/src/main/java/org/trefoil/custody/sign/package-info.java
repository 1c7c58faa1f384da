/**
 * What keys put their name under: the key set, statements about the paper, and spends that passed
 * the check. Each signer takes the stage type that was granted to it, never bytes. Depends on
 * {@code keys} and the core.
 */
@NullMarked
package org.trefoil.custody.sign;

import org.jspecify.annotations.NullMarked;
