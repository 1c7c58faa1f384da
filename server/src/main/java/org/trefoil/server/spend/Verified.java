package org.trefoil.server.spend;

import org.trefoil.core.proposal.HalfSigned;
import org.trefoil.core.wire.SendKind;

/** A half-signed spend that is what it is said to be for. */
record Verified(HalfSigned half, SendKind kind) {}
