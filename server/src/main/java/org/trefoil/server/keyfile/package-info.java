/**
 * The key file in the data folder, and what is derived from it: sealing keys and peppers. Depends
 * on nothing of ours.
 */
@NullMarked
package org.trefoil.server.keyfile;

import org.jspecify.annotations.NullMarked;
