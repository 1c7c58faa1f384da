package org.trefoil.server.sweep;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.ForeignCoin;
import org.trefoil.core.wire.ToVault;
import org.trefoil.server.chain.ChainUnavailable;
import org.trefoil.server.chain.CoinFinder;
import org.trefoil.server.chain.FoundOutput;
import org.trefoil.server.chain.Tip;

/**
 * Has the source look for coins, for one person at a time: a search takes minutes, and a node makes
 * one at once. What was found is told once; a search that nobody asks after gives way.
 */
final class CoinSearch implements AutoCloseable {
  /** Coinbases may be spent in the hundredth block after theirs. */
  private static final int MATURITY = 100;

  /** Characters for the coins in one message to a vault. */
  private static final int ROOM = ToVault.MAX_LENGTH - 512 * 1024;

  private static final int EACH = 250;
  private static final int PORTION = 50;

  /** What was found, and how many coins there are besides, which had no room. */
  record Found(List<ForeignCoin> coins, int left) {}

  /** One search; whoever asks the same gets the same. */
  private record Search(String by, CompletableFuture<Found> found) {}

  private final ExecutorService searching =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "coin-search");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Search current;

  /**
   * What was found, or null while it is looked for. Refuses {@code search-busy} and {@code
   * chain-unavailable}.
   *
   * @param by who asks for what
   */
  synchronized @Nullable Found ask(
      String by, CoinFinder finder, Collection<byte[]> scripts, Tip tip) {
    Search search = current;
    if (search != null && !search.by().equals(by)) {
      if (!search.found().isDone()) {
        throw Refusal.of(Token.SEARCH_BUSY).exception();
      }
      search = null;
    }
    if (search == null) {
      search =
          new Search(
              by, CompletableFuture.supplyAsync(() -> look(finder, scripts, tip), searching));
      current = search;
    }
    if (!search.found().isDone()) {
      return null;
    }
    current = null;
    try {
      return search.found().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof CoinFinder.Busy) {
        throw Refusal.of(Token.SEARCH_BUSY).exception();
      }
      if (e.getCause() instanceof ChainUnavailable away) {
        throw away.health().refusal().exception();
      }
      throw e;
    }
  }

  /** The most valuable ones first, as many as fit into one message. */
  private static Found look(CoinFinder finder, Collection<byte[]> scripts, Tip tip) {
    List<FoundOutput> outputs = new ArrayList<>(finder.find(scripts));
    outputs.sort(
        Comparator.comparing(FoundOutput::value, Comparator.reverseOrder())
            .thenComparing(FoundOutput::outpoint));
    List<ForeignCoin> coins = new ArrayList<>();
    long left = ROOM;
    for (int from = 0; from < outputs.size() && left > 0; from += PORTION) {
      List<FoundOutput> some = outputs.subList(from, Math.min(outputs.size(), from + PORTION));
      Map<String, byte[]> makers = finder.makers(some);
      for (FoundOutput output : some) {
        byte[] maker = makers.get(output.outpoint().txid());
        String text = maker == null ? "" : Base64.getEncoder().encodeToString(maker);
        left -= EACH + text.length();
        if (!text.isEmpty() && left > 0) {
          coins.add(coin(output, text, tip));
        }
      }
    }
    return new Found(coins, outputs.size() - coins.size());
  }

  private static ForeignCoin coin(FoundOutput output, String maker, Tip tip) {
    int waits = output.coinbase() ? output.height() + MATURITY - 1 - tip.height() : 0;
    return new ForeignCoin(
        output.outpoint().txid(),
        output.outpoint().vout(),
        output.value().value(),
        Math.max(0, waits),
        maker);
  }

  @Override
  public void close() {
    searching.shutdownNow();
  }
}
