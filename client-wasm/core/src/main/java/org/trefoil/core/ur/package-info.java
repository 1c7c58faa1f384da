/**
 * Uniform resources (BCR-2020-005): bytes as QR codes, one or as many in turn as they take. For
 * PSBTs that are signed on a device without any cable. Depends on {@code psbt} for their size
 * alone.
 */
@NullMarked
package org.trefoil.core.ur;

import org.jspecify.annotations.NullMarked;
