/** Payment URIs (BIP-0021, BIP-0321). Depends on units and address. */
@NullMarked
package org.trefoil.core.uri;

import org.jspecify.annotations.NullMarked;
