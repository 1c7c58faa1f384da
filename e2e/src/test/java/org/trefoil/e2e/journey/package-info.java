/** The main job in a real browser, on the practice chain and on a real node. */
package org.trefoil.e2e.journey;
