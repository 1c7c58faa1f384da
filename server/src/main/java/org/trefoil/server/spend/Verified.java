package org.trefoil.server.spend;

import java.util.Set;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.wire.SendKind;

/**
 * A half-signed spend that is what it is said to be for.
 *
 * @param held which of its coins, perhaps with others, a send has reserved
 */
record Verified(HalfSigned half, SendKind kind, Set<Outpoint> held) {}
