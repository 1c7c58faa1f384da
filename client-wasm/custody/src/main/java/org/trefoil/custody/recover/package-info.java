/**
 * Everything that recovery without the server needs: paper into keys, foreign reports into coins, a
 * spend, its signatures. The same code in recovery.html and in the command line, whose
 * conversations are in {@code terminal}. Depends on no file, network, clock or randomness.
 */
@NullMarked
package org.trefoil.custody.recover;

import org.jspecify.annotations.NullMarked;
