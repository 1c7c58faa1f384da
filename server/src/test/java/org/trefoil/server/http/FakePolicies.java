package org.trefoil.server.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.core.wire.RulesAndReceipt;

/** The rules of Ada's wallet: one version, another that waits, and nothing stopped. */
record FakePolicies(FakeHouse house) implements Policies {
  /** As long as the server's own links. */
  static final String THAW_LINK = "cd".repeat(40);

  static final String LIMIT = "At most 0.00100000 BTC in one send, its fee included.";

  @Override
  public State state(String accountId, String walletId) {
    FakeHouse.own(accountId, walletId, FakeHouse.WALLET, FakeHouse.REPLACED);
    if (!house.ruled || house.brokenVersion != null) {
      return new State(
          house.brokenVersion, List.of(), List.of(), null, house.stopped, house.thawAt);
    }
    return new State(
        null,
        List.of(LIMIT),
        List.of(new Version(2, FakeHouse.NOW, "waits"), new Version(1, FakeHouse.NOW, "holds")),
        new Change(List.of(), List.of(LIMIT), FakeHouse.NOW + 172_800),
        house.stopped,
        house.thawAt);
  }

  @Override
  public PolicyView view(String accountId, String walletId) {
    FakeHouse.own(accountId, walletId, FakeHouse.WALLET);
    return new PolicyView(List.of(), List.of(), FakeHouse.NOW);
  }

  @Override
  public RulesAndReceipt held(String accountId, String walletId, byte[] nonce) {
    FakeHouse.own(accountId, walletId, FakeHouse.WALLET, FakeHouse.REPLACED);
    RuleReceipt receipt =
        new RuleReceipt(
            FakeHouse.NOW, 0, PolicyChain.NOTHING, List.of(), house.stopped, house.thawAt, "");
    return new RulesAndReceipt(new PolicyView(List.of(), List.of(), FakeHouse.NOW), receipt);
  }

  @Override
  public void sign(String accountId, String walletId, PolicyRequest request) {
    FakeHouse.own(accountId, walletId, FakeHouse.WALLET);
    house.changed("rules");
  }

  @Override
  public void cancel(String accountId, String walletId) {
    FakeHouse.own(accountId, walletId, FakeHouse.WALLET);
    house.changed("rules-cancelled");
  }

  @Override
  public void freeze(String accountId, String walletId) {
    FakeHouse.own(accountId, walletId, FakeHouse.WALLET);
    house.changed("frozen");
  }

  @Override
  public void thaw(String accountId, String walletId, String code) {
    FakeHouse.own(accountId, walletId, FakeHouse.WALLET);
    house.changed("thawed");
  }

  @Override
  public Cancellation lookAtCancel(String link) {
    if (link.equals(THAW_LINK)) {
      return new Cancellation("Savings", true);
    }
    FakeRegain.refuseOther(link);
    return new Cancellation("Savings", false);
  }

  @Override
  public void cancelByLink(String link) {
    FakeRegain.refuseOther(link);
    house.changed("rules-cancelled");
  }

  @Override
  public Preview preview(
      String accountId,
      String walletId,
      List<RecipientLine> lines,
      long fee,
      Services.Whence whence) {
    FakeHouse.own(accountId, walletId, FakeHouse.WALLET);
    return new Preview(false, null, List.of());
  }

  @Override
  public Preview preview(String accountId, String walletId, String sendId, Services.Whence whence) {
    Preview none = preview(accountId, walletId, List.of(), 0, whence);
    return house.held == null ? none : new Preview(false, null, List.of(house.held));
  }

  @Override
  public @Nullable Long heldUntil(String accountId, String walletId, String sendId) {
    return house.held == null ? null : (Long) (FakeHouse.NOW + 3_600);
  }
}
