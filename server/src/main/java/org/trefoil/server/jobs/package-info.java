/**
 * Work that time starts: rebroadcast, expiry, clearing out. Depends on account, audit, cluster,
 * limits, mail, regain and spend.
 */
@NullMarked
package org.trefoil.server.jobs;

import org.jspecify.annotations.NullMarked;
