/** Addresses as people type them and the output scripts they stand for. Depends on units only. */
@NullMarked
package org.trefoil.core.address;

import org.jspecify.annotations.NullMarked;
