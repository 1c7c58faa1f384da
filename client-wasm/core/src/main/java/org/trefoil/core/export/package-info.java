/**
 * A wallet in the forms that other software takes. All of it is public knowledge, follows from the
 * key set alone, and depends on no more than {@code keys}, {@code units} and the JSON of {@code
 * wire}.
 */
@NullMarked
package org.trefoil.core.export;

import org.jspecify.annotations.NullMarked;
