/**
 * What the vault's compiler takes in the place of its own; runs in the build alone, depends on
 * nothing.
 */
@NullMarked
package org.trefoil.compiler;

import org.jspecify.annotations.NullMarked;
