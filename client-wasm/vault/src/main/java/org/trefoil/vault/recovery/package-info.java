/**
 * The screens of recovery.html: paper and coins in, a signed transaction out, with no page, server
 * or network around. Depends on the screens' desk, the pieces, and custody's recovery; nobody but
 * {@code Main} knows it.
 */
@NullMarked
package org.trefoil.vault.recovery;

import org.jspecify.annotations.NullMarked;
