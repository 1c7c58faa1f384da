/**
 * What page, vault and server say to each other, as strict JSON. Depends on no other room, so that
 * each message is plain text and numbers.
 */
@NullMarked
package org.trefoil.core.wire;

import org.jspecify.annotations.NullMarked;
