/** recovery.html, opened from disk: the way back when there is no server. */
package org.trefoil.e2e.recovery;
