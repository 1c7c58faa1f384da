/**
 * What the house measures of itself, for those who run it: counts, times and states, and never
 * whose. Depends on nothing of ours.
 */
@NullMarked
package org.trefoil.server.meter;

import org.jspecify.annotations.NullMarked;
