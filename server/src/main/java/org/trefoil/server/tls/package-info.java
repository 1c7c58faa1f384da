/**
 * Certificate and key of our own https: read, checked, and read again while the server runs.
 * Depends on config and the JDK.
 */
@NullMarked
package org.trefoil.server.tls;

import org.jspecify.annotations.NullMarked;
