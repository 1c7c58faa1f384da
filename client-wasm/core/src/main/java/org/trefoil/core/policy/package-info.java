/**
 * A wallet's signed rules: which texts are rules, the chain of their versions, what is looser, and
 * the words for them. Knows no send and no clock; depends on keys, addresses, units and wire.
 */
@NullMarked
package org.trefoil.core.policy;

import org.jspecify.annotations.NullMarked;
