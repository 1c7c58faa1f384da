/**
 * Bytes that must not be seen: the one holder every secret of this module is built on. Depends on
 * nothing but the JDK.
 */
@NullMarked
package org.trefoil.custody.secret;

import org.jspecify.annotations.NullMarked;
