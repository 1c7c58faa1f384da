package org.trefoil.core.psbt;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes hostile PSBTs out of a good one: what a client that was taken over, or a server that lies,
 * could send instead. The same seed gives the same corpus on every machine.
 *
 * <p>The good one must be half-signed, over the wallet's coins, with two inputs or more, a payment
 * and a change that says where it comes from.
 */
public final class HostilePsbts {
  private HostilePsbts() {}

  /** At least so many; each round makes every kind once, with other particulars. */
  public static List<HostilePsbt> of(Psbt good, long seed, int atLeast) {
    Random random = new Random(seed);
    List<HostilePsbt> corpus = new ArrayList<>();
    List<HostileGroup> groups =
        List.of(
            new HostileSpends(good, random, corpus),
            new HostileClaims(good, random, corpus),
            new HostileSignatures(good, random, corpus),
            new HostileBytes(good, random, corpus));
    while (corpus.size() < atLeast) {
      groups.forEach(HostileGroup::round);
    }
    return corpus;
  }
}
