/**
 * Networks, amounts and fee rates: bounded integers and their texts; bytes as text, and text as
 * bytes. Depends on bitcoinj's base types only.
 */
@NullMarked
package org.trefoil.core.units;

import org.jspecify.annotations.NullMarked;
