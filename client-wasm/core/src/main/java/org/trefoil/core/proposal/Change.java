package org.trefoil.core.proposal;

import org.trefoil.core.units.Sats;

/**
 * What comes back to the wallet.
 *
 * @param index the address's number on the change branch
 */
public record Change(int index, Sats amount) {}
