/**
 * The door: routes, pages, cookies, headers, limits, and the translation of refusals into answers.
 *
 * <p>The only room that knows Javalin and Pebble. It holds no rule of the wallet and no SQL: what
 * it needs from the other rooms stands in {@link org.trefoil.server.http.Services}, and {@code app}
 * gives it.
 */
@NullMarked
package org.trefoil.server.http;

import org.jspecify.annotations.NullMarked;
