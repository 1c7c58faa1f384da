/**
 * What the vault shows for each task, one small class a screen. Secrets are taken from fields, used
 * and closed here; what goes out goes through the {@code port} room's records.
 */
@NullMarked
package org.trefoil.vault.screen;

import org.jspecify.annotations.NullMarked;
