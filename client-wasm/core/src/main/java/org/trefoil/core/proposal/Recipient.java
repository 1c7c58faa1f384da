package org.trefoil.core.proposal;

import org.trefoil.core.address.Address;
import org.trefoil.core.units.Sats;

/** Who is to be paid, and how much. */
public record Recipient(Address address, Sats amount) {}
