/**
 * A wallet as the vault knows it: what the server said, and what of it was checked. Depends on the
 * core only, so that it is tested without a browser.
 */
@NullMarked
package org.trefoil.vault.wallet;

import org.jspecify.annotations.NullMarked;
