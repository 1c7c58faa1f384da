package org.trefoil.server.policy;

import org.trefoil.core.wire.Rules;

/**
 * All that a send of one wallet is held against.
 *
 * @param frozen whether the owner stopped everything
 */
public record PolicySet(Rules rules, Ceilings ceilings, boolean frozen) {}
