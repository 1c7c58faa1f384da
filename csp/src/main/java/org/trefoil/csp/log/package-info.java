/**
 * A transparency log in files: the Merkle tree of RFC 6962, its proofs, and C2SP's checkpoints and
 * tiles. Stands on the JDK alone.
 */
@NullMarked
package org.trefoil.csp.log;

import org.jspecify.annotations.NullMarked;
