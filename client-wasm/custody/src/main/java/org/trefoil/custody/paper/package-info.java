/**
 * The backup on paper: two sheets as one PDF, with its own writer, encryption and QR drawing.
 *
 * <p>Depends on the core's values and Bouncy Castle's ciphers and digests only: no clock, no
 * randomness of its own, no screen, no network, nothing of the other rooms of custody but their
 * entropy port.
 */
@NullMarked
package org.trefoil.custody.paper;

import org.jspecify.annotations.NullMarked;
