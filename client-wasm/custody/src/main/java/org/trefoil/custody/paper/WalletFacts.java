package org.trefoil.custody.paper;

import java.util.List;

/**
 * What both sheets say about the wallet. All of it is public knowledge.
 *
 * @param name the wallet's name as the person typed it, any script
 * @param date the day of birth, {@code 2026-11-21}
 * @param birthHeight height of the chain at birth: where a rescan may start
 * @param network {@code mainnet}, {@code testnet}, {@code signet} or {@code regtest}
 * @param scriptType {@code P2WSH}, {@code P2SH_P2WSH} or {@code P2SH}
 * @param threshold how many keys sign
 * @param keys all keys in the descriptor's order
 * @param descriptor with {@code <0;1>/*} and checksum
 * @param firstAddress address 0 of the receive branch
 * @param words the four fingerprint words of the key set
 */
public record WalletFacts(
    String name,
    String date,
    int birthHeight,
    String network,
    String scriptType,
    int threshold,
    List<KeyFacts> keys,
    String descriptor,
    String firstAddress,
    List<String> words) {

  /** Copies the lists, so that the facts cannot change under the printer. */
  public WalletFacts {
    keys = List.copyOf(keys);
    words = List.copyOf(words);
  }

  /** Whether coins of this network are worth anything. */
  public boolean realMoney() {
    return network.equals("mainnet");
  }
}
