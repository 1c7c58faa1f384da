package org.trefoil.server.chain;

import org.trefoil.core.units.Sats;

/**
 * An address of a wallet that payments are looked for at.
 *
 * @param received all that it was ever paid
 * @param payments how many outputs paid it
 */
public record WatchedAddress(int branch, int index, String address, Sats received, int payments) {}
