package org.trefoil.server.chain.follow;

import java.util.List;
import org.trefoil.server.chain.Tip;

/**
 * A block that was looked through.
 *
 * @param found what concerns somebody in it, in its order
 * @param fresh the scripts that came into sight by it
 */
public record FollowedBlock(Tip block, List<FoundTransaction> found, List<WatchedScript> fresh) {
  public FollowedBlock {
    found = List.copyOf(found);
    fresh = List.copyOf(fresh);
  }
}
