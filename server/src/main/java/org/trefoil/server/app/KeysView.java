package org.trefoil.server.app;

import java.util.List;
import org.trefoil.core.wire.ActivateRequest;
import org.trefoil.core.wire.DraftWallet;
import org.trefoil.core.wire.Heirs;
import org.trefoil.core.wire.PasscodeCheckRequest;
import org.trefoil.core.wire.PasscodeRequest;
import org.trefoil.core.wire.WalletView;
import org.trefoil.server.http.Services;
import org.trefoil.server.wallets.Exports;
import org.trefoil.server.wallets.PaperDrills;
import org.trefoil.server.wallets.Passcodes;
import org.trefoil.server.wallets.Successors;

/** What was lost and comes back, as the door sees it. */
record KeysView(Passcodes passcodes, Successors successors, PaperDrills drills, Exports exports)
    implements Services.Keys {
  @Override
  public WalletView changePasscode(String accountId, String walletId, PasscodeRequest request) {
    return passcodes.change(accountId, walletId, request);
  }

  @Override
  public int triedPasscode(String accountId, String walletId, PasscodeCheckRequest request) {
    return passcodes.tried(accountId, walletId, request);
  }

  @Override
  public String now() {
    return passcodes.now();
  }

  @Override
  public DraftWallet successor(String accountId, String walletId) {
    return successors.draft(accountId, walletId);
  }

  @Override
  public Heirs heirs(String accountId, String walletId) {
    return successors.heirs(accountId, walletId);
  }

  @Override
  public Services.Family family(String accountId, String walletId) {
    return seen(successors.family(accountId, walletId));
  }

  @Override
  public List<Services.Family> families(String accountId) {
    return successors.families(accountId).stream().map(KeysView::seen).toList();
  }

  @Override
  public Services.Paper paper(String accountId, String walletId) {
    PaperDrills.Paper paper = drills.paper(accountId, walletId);
    return new Services.Paper(paper.checkedAt(), paper.due());
  }

  @Override
  public void drilled(String accountId, String walletId, ActivateRequest request) {
    drills.drilled(accountId, walletId, request);
  }

  @Override
  public void later(String accountId, String walletId) {
    drills.later(accountId, walletId);
  }

  @Override
  public void exported(String accountId, String walletId) {
    exports.shown(accountId, walletId);
  }

  private static Services.Family seen(Successors.Family family) {
    return new Services.Family(
        family.wallet(), family.replaces(), family.next(), family.heir(), family.older());
  }
}
