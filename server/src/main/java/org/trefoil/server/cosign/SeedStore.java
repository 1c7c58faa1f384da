package org.trefoil.server.cosign;

import java.util.Optional;
import org.trefoil.server.keyfile.Sealed;

/** Where the server's sealed seeds are kept, one for each wallet. */
public interface SeedStore {
  void add(String walletId, NewServerKey key);

  Optional<Sealed> find(String walletId);

  /** Number of seeds. */
  long count();
}
