/**
 * One secret as several shares, of which some make it again (SLIP-0039). Depends on {@code secret},
 * {@code entropy} and the core's values; draws nothing, knows no key.
 */
@NullMarked
package org.trefoil.custody.slip39;

import org.jspecify.annotations.NullMarked;
