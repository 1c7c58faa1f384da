package org.trefoil.server.chain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.trefoil.core.coins.Outpoint;

/**
 * Finds coins of scripts that no wallet of ours has, in all that is unspent. Every question may
 * throw {@link ChainUnavailable}.
 */
public interface CoinFinder {
  /**
   * What pays one of these scripts, in blocks. May take minutes; {@link Busy} when somebody else
   * has the source look already.
   */
  List<FoundOutput> find(Collection<byte[]> scripts);

  /** How far the search under way is, of a hundred; zero when nobody knows. */
  int percent();

  /** Whole transactions of these outputs, by their ids. */
  Map<String, byte[]> makers(Collection<FoundOutput> outputs);

  /** Those that are still unspent in blocks, by their names. Takes seconds at most. */
  Map<Outpoint, FoundOutput> unspent(Collection<Outpoint> outpoints);

  /** Another search is under way. */
  final class Busy extends RuntimeException {}
}
