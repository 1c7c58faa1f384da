package org.trefoil.server.cosign;

import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.server.keyfile.Sealed;

/**
 * A server key just made.
 *
 * @param seed sealed for the wallet; null where a signer beside this process keeps it
 */
public record NewServerKey(CosignerKey key, @Nullable Sealed seed) {}
