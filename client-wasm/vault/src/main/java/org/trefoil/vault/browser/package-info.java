/**
 * The few things of the browser that the vault uses, as JavaScript interfaces: elements, the port,
 * random values, timers, files, pictures and a camera. Depends on TeaVM's interop, the entropy port
 * and the grey picture that codes are read from; there is no way out to the network or to storage
 * here.
 */
@NullMarked
package org.trefoil.vault.browser;

import org.jspecify.annotations.NullMarked;
