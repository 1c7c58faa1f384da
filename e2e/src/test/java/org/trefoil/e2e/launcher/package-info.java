/** launcher.html, opened from disk in front of a real server, honest and not. */
@NullMarked
package org.trefoil.e2e.launcher;

import org.jspecify.annotations.NullMarked;
