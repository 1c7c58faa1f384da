/**
 * All SQL of the server: the adapters of every room's ports on Jdbi, and the migrations. No room
 * depends on it; only {@code app} does.
 */
@NullMarked
package org.trefoil.server.store;

import org.jspecify.annotations.NullMarked;
