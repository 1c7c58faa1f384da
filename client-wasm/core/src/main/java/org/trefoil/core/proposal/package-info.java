/**
 * What a person asked for, the transaction built from it, and the check that the two are the same.
 * The same check runs in the vault and on the server; it believes nothing a PSBT claims, and does
 * not depend on where coins or keys come from.
 */
@NullMarked
package org.trefoil.core.proposal;

import org.jspecify.annotations.NullMarked;
