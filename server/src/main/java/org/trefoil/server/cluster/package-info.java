/**
 * Several identical processes on one database: which of them does what only one may do, and word
 * between them. Depends on nothing.
 */
@NullMarked
package org.trefoil.server.cluster;

import org.jspecify.annotations.NullMarked;
