/**
 * The few things of the browser that the vault uses, as JavaScript interfaces: elements, the port,
 * random values, timers, files to save. Depends on TeaVM's interop and the entropy port; there is
 * no way out to the network or to storage here.
 */
@NullMarked
package org.trefoil.vault.browser;

import org.jspecify.annotations.NullMarked;
