package org.trefoil.server.cosign;

import org.trefoil.core.keys.CosignerKey;
import org.trefoil.server.keyfile.Sealed;

/** A server key just made: its public side, and its seed sealed for the wallet. */
public record NewServerKey(CosignerKey key, Sealed seed) {}
