package org.trefoil.server.wallets;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.coins.Outpoint;
import org.trefoil.core.wire.SpendableCoin;
import org.trefoil.core.wire.ToVault;

/**
 * Coins as a vault is told of them, each with the transaction that made it: as many as fit into one
 * message, the free ones first and of these the most valuable.
 *
 * <p>Strangers decide how many coins a wallet gets and how large the transactions around them are.
 * Without a bound whoever sends enough dust would make a message that no vault takes, and nothing
 * could be spent any more. What is left out is there again once the others are spent.
 */
public final class VaultCoins {
  /** Characters for the coins; the rest of the message is some ten thousand. */
  static final int ROOM = ToVault.MAX_LENGTH - 512 * 1024;

  /** Characters of a coin beside its transaction, at most. */
  private static final int EACH = 300;

  private VaultCoins() {}

  /**
   * Those of the coins of which the makers are known.
   *
   * @param makers whole transactions by id
   * @param held coins that sends hold
   */
  public static List<SpendableCoin> of(
      List<Coin> coins, Map<String, byte[]> makers, Set<Outpoint> held) {
    List<Coin> sorted = new ArrayList<>(coins);
    sorted.sort(
        Comparator.comparing((Coin coin) -> held.contains(coin.outpoint()))
            .thenComparing(Coin::value, Comparator.reverseOrder())
            .thenComparing(Coin::outpoint));
    List<SpendableCoin> told = new ArrayList<>();
    long left = ROOM;
    for (Coin coin : sorted) {
      byte[] maker = makers.get(coin.outpoint().txid());
      if (maker != null && length(maker) <= left) {
        left -= length(maker);
        told.add(
            new SpendableCoin(
                coin.outpoint().txid(),
                coin.outpoint().vout(),
                coin.value().value(),
                coin.branch(),
                coin.index(),
                coin.confirmations(),
                coin.ours(),
                held.contains(coin.outpoint()),
                Base64.getEncoder().encodeToString(maker)));
      }
    }
    return told;
  }

  private static long length(byte[] maker) {
    return EACH + (maker.length + 2L) / 3 * 4;
  }
}
