/**
 * What a person types: passcode and password, how strong they are, and how they become keys. Knows
 * nothing of Bitcoin; depends on {@code secret}, {@code slices} and the digests of Bouncy Castle.
 */
@NullMarked
package org.trefoil.custody.passcode;

import org.jspecify.annotations.NullMarked;
