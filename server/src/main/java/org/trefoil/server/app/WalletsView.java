package org.trefoil.server.app;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.FreshAddress;
import org.trefoil.core.wire.History;
import org.trefoil.core.wire.HistoryItem;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.core.wire.NewKeys;
import org.trefoil.core.wire.RescanView;
import org.trefoil.core.wire.Spendable;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.http.Services;
import org.trefoil.server.wallets.AddressPage;
import org.trefoil.server.wallets.Successors;
import org.trefoil.server.wallets.WalletBook;
import org.trefoil.server.wallets.Wallets;

/** Wallets as the door sees them. */
record WalletsView(Wallets wallets, Successors successors, WalletBook book)
    implements Services.Wallets {
  @Override
  public DraftWallet draft(String accountId, String name, String requestId) {
    return wallets.draft(accountId, name, requestId);
  }

  @Override
  public DraftWallet draftAgain(String accountId, String walletId) {
    return wallets.draftAgain(accountId, walletId);
  }

  @Override
  public WalletView storeKeys(String accountId, String walletId, NewKeys keys) {
    return successors.storeKeys(accountId, walletId, keys);
  }

  @Override
  public WalletView activate(String accountId, String walletId, ActivateRequest request) {
    return successors.activate(accountId, walletId, request);
  }

  @Override
  public void discard(String accountId, String walletId) {
    wallets.discard(accountId, walletId);
  }

  @Override
  public WalletView view(String accountId, String walletId, MemberRole need) {
    return wallets.view(accountId, walletId, need);
  }

  @Override
  public List<WalletView> list(String accountId) {
    return wallets.list(accountId);
  }

  @Override
  public List<WalletView> shared(String accountId) {
    return wallets.shared(accountId);
  }

  @Override
  public FreshAddress address(String accountId, String walletId) {
    return wallets.address(accountId, walletId);
  }

  @Override
  public void anotherAddress(String accountId, String walletId) {
    wallets.anotherAddress(accountId, walletId);
  }

  @Override
  public Spendable spendable(String accountId, String walletId) {
    return book.spendable(accountId, walletId);
  }

  @Override
  public History history(String accountId, String walletId, @Nullable String before) {
    return book.history(accountId, walletId, before);
  }

  @Override
  public HistoryItem transaction(String accountId, String walletId, String txid) {
    return book.transaction(accountId, walletId, txid);
  }

  @Override
  public RescanView rescan(String accountId, String walletId, String from) {
    return book.rescan(accountId, walletId, from);
  }

  @Override
  public RescanView rescan(String accountId, String walletId) {
    return book.rescan(accountId, walletId);
  }

  @Override
  public Services.AddressLines addresses(
      String accountId, String walletId, @Nullable String before) {
    AddressPage page = book.addresses(accountId, walletId, before);
    return new Services.AddressLines(
        page.addresses().stream()
            .map(
                used ->
                    new Services.AddressLine(
                        used.index(),
                        used.address(),
                        used.change(),
                        used.received(),
                        used.payments()))
            .toList(),
        page.older());
  }
}
