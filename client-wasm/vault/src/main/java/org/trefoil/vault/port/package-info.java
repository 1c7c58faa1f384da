/**
 * The one way between vault and page: records of {@code core.wire} over one port. Nothing else
 * leaves the frame. Depends on the core and the browser's port.
 */
@NullMarked
package org.trefoil.vault.port;

import org.jspecify.annotations.NullMarked;
