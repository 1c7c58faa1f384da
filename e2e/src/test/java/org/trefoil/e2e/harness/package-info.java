/**
 * What the journeys stand on: the server from its jar, a real node, a browser, command-line judges.
 */
package org.trefoil.e2e.harness;
