/** Output descriptors (BIP-0380 to BIP-0389) as text. Depends on keys. */
@NullMarked
package org.trefoil.core.descriptor;

import org.jspecify.annotations.NullMarked;
