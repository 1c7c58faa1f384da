/**
 * Where randomness comes in: one port, checked, never replaced by anything when it fails. Depends
 * on {@code secret} only; implements no source itself.
 */
@NullMarked
package org.trefoil.custody.entropy;

import org.jspecify.annotations.NullMarked;
