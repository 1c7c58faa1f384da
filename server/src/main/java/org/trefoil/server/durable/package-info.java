/**
 * The promise that a unit of work is on disk when it returns, and the steps of one. Depends on
 * nothing.
 */
@NullMarked
package org.trefoil.server.durable;

import org.jspecify.annotations.NullMarked;
