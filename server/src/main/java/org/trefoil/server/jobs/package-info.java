/**
 * Work that time starts: rebroadcast, expiry, clearing out. Depends on cluster, spend and account.
 */
@NullMarked
package org.trefoil.server.jobs;

import org.jspecify.annotations.NullMarked;
