/**
 * What happened and who did it, appended and never changed, chained and signed; without secrets.
 * Depends on core, durable and keyfile.
 */
@NullMarked
package org.trefoil.server.audit;

import org.jspecify.annotations.NullMarked;
