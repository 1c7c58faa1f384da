package org.trefoil.server.policy;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Sats;
import org.trefoil.core.wire.Rules;

/**
 * All that a send of one wallet is held against.
 *
 * @param frozen whether the owner stopped everything
 * @param together what all wallets together may still send now; null for no limit
 */
public record PolicySet(Rules rules, Ceilings ceilings, boolean frozen, @Nullable Sats together) {}
