package org.trefoil.server.chain;

import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.units.Sats;

/**
 * An unspent output in a block, of whomever.
 *
 * @param height of its block
 * @param coinbase whether a block made it, so that it may be spent a hundred blocks later
 */
public record FoundOutput(Outpoint outpoint, Sats value, int height, boolean coinbase) {}
