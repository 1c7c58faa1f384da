/**
 * What a page may do and what was served: policies, the header set of each kind of answer, and the
 * manifest of every asset.
 *
 * <p>Stands on the JDK alone; knows nothing of wallets, of the server, or of any file it describes.
 */
@NullMarked
package org.trefoil.csp;

import org.jspecify.annotations.NullMarked;
