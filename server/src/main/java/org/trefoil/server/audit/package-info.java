/**
 * What happened and who did it, appended and never changed; without secrets. Depends on nothing.
 */
@NullMarked
package org.trefoil.server.audit;

import org.jspecify.annotations.NullMarked;
