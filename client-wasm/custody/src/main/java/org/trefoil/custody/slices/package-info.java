/** Long work in short slices, so that a browser can paint between them. Depends on nothing. */
@NullMarked
package org.trefoil.custody.slices;

import org.jspecify.annotations.NullMarked;
