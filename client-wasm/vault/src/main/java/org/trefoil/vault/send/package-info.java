/**
 * What a person wants to send and what comes of it, without a browser: the form's values become an
 * intent, the intent a checked spend, the spend the lines of a review. Depends on the core and the
 * {@code wallet} room.
 */
@NullMarked
package org.trefoil.vault.send;

import org.jspecify.annotations.NullMarked;
