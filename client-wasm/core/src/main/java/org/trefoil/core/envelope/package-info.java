/**
 * The sealed user key as ciphertext: its layout, text form and check words. Public on both sides;
 * opens nothing. Depends on keys and units.
 */
@NullMarked
package org.trefoil.core.envelope;

import org.jspecify.annotations.NullMarked;
