package org.trefoil.server.chain;

import org.trefoil.core.units.Sats;

/**
 * An address of a wallet that was paid at least once.
 *
 * @param received all that it was ever paid
 * @param unspent what of it is there still
 * @param payments how many outputs paid it
 */
public record UsedAddress(
    int branch, int index, String address, Sats received, Sats unspent, int payments) {}
