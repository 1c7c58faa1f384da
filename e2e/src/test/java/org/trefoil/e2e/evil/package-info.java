/**
 * The server lies, is altered or is watched: what the browser must refuse, and what it must never
 * say.
 */
package org.trefoil.e2e.evil;
