/**
 * Backups: everything that the database holds in one file that any of its engines can be filled
 * from. Depends on durable and keyfile.
 */
@NullMarked
package org.trefoil.server.backup;

import org.jspecify.annotations.NullMarked;
