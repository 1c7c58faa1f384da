package org.trefoil.server.wallets;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.units.Network;

/**
 * Key sets by their descriptors, the latest used ones kept: reading one costs points of three keys
 * and of their branches, and a send needs it several times. Public keys only.
 */
final class KeySets {
  private static final int KEPT = 2_000;

  /** What was read is looked up by; the same text on another network is another key set. */
  private record Name(String descriptor, Network network) {}

  private static final Map<Name, Cosigners> READ =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, Cosigners> eldest) {
          return size() > KEPT;
        }
      };

  private KeySets() {}

  static Cosigners of(String descriptor, Network network) {
    Name name = new Name(descriptor, network);
    synchronized (READ) {
      Cosigners known = READ.get(name);
      if (known != null) {
        return known;
      }
    }
    Cosigners read = Descriptors.ofWallet(descriptor, network);
    synchronized (READ) {
      READ.put(name, read);
    }
    return read;
  }
}
