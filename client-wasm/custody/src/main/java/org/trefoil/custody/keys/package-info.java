/**
 * The private keys that a person holds, from seed to account. They exist only while they are used;
 * nothing here is ever written down but as words or sealed. Depends on {@code bip39}, {@code
 * slip39}, {@code entropy}, {@code secret} and the core's public keys.
 */
@NullMarked
package org.trefoil.custody.keys;

import org.jspecify.annotations.NullMarked;
