package org.trefoil.server.wallets;

import java.util.List;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.History;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.WalletView;

/** Wallets from draft to active. */
public final class Wallets {
  public DraftWallet draft(String accountId, String name, String requestId) {
    throw new UnsupportedOperationException();
  }

  public WalletView storeKeys(String accountId, String walletId, NewKeys keys) {
    throw new UnsupportedOperationException();
  }

  public WalletView activate(String accountId, String walletId, ActivateRequest request) {
    throw new UnsupportedOperationException();
  }

  public WalletView view(String accountId, String walletId) {
    throw new UnsupportedOperationException();
  }

  public List<WalletSummary> list(String accountId) {
    throw new UnsupportedOperationException();
  }

  public FreshAddress nextAddress(String accountId, String walletId) {
    throw new UnsupportedOperationException();
  }

  public Spendable spendable(String accountId, String walletId) {
    throw new UnsupportedOperationException();
  }

  public History history(String accountId, String walletId) {
    throw new UnsupportedOperationException();
  }

  public List<UsedAddress> addresses(String accountId, String walletId) {
    throw new UnsupportedOperationException();
  }
}
