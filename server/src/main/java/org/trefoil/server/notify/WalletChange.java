package org.trefoil.server.notify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * That something about a wallet changed.
 *
 * @param changed ids of transactions that appeared, confirmed or vanished; may be empty (a new tip)
 */
public record WalletChange(String walletId, List<String> changed) {
  /** As many ids of 64 characters as go into one word between processes. */
  private static final int AT_ONCE = 100;

  public WalletChange {
    changed = List.copyOf(changed);
  }

  /** As one or more texts, each of them a change: the wallet, then the ids, with spaces between. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(from + AT_ONCE, changed.size());
      texts.add((walletId + " " + String.join(" ", changed.subList(from, to))).strip());
      from = to;
    } while (from < changed.size());
    return texts;
  }

  static WalletChange ofText(String text) {
    List<String> words = Arrays.asList(text.split(" "));
    return new WalletChange(words.get(0), words.subList(1, words.size()));
  }
}
