/**
 * The program: reads the configuration, wires the rooms, starts and stops them. Nothing depends on
 * it.
 */
@NullMarked
package org.trefoil.server.app;

import org.jspecify.annotations.NullMarked;
