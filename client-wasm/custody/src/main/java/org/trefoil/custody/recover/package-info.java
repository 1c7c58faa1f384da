/**
 * Opens sheet B on a computer of one's own, with no server: the program {@code
 * trefoil-recover.jar}. The only room that speaks to a person; nobody depends on it, and it depends
 * on no file, network or randomness.
 */
@NullMarked
package org.trefoil.custody.recover;

import org.jspecify.annotations.NullMarked;
