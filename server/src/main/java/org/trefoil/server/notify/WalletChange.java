package org.trefoil.server.notify;

import java.util.List;

/**
 * That something about a wallet changed.
 *
 * @param changed ids of transactions that appeared, confirmed or vanished; may be empty (a new tip)
 */
public record WalletChange(String walletId, List<String> changed) {
  public WalletChange {
    changed = List.copyOf(changed);
  }
}
