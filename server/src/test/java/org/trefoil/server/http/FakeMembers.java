package org.trefoil.server.http;

import java.util.List;
import org.trefoil.core.wire.InviteRequest;
import org.trefoil.core.wire.MemberChange;
import org.trefoil.core.wire.MemberRole;

/** The people of Ada's wallet: herself, Bea who begins sends, and Cleo who was asked. */
record FakeMembers(FakeHouse house) implements Members {
  static final String BEA = "be";
  static final String INVITATION = "cc";

  @Override
  public Circle circle(String accountId, String walletId) {
    FakeHouse.own(accountId, walletId, FakeHouse.WALLET, FakeHouse.REPLACED);
    return new Circle(
        List.of(
            new Person(FakeHouse.ADA, "ada@b.c", MemberRole.OWNER, null, true),
            new Person(BEA, "bea@b.c", MemberRole.SPENDER, FakeHouse.NOW, false)),
        List.of(
            new Invited(INVITATION, "cleo@b.c", MemberRole.APPROVER, FakeHouse.NOW + 7 * 86_400)));
  }

  @Override
  public void invite(String accountId, String walletId, InviteRequest request) {
    FakeHouse.own(accountId, walletId, FakeHouse.WALLET);
    house.changed("invited");
  }

  @Override
  public void cancel(String accountId, String walletId, String invitationId) {
    FakeHouse.own(accountId, walletId, FakeHouse.WALLET);
    house.changed("invitation-cancelled");
  }

  @Override
  public void change(String accountId, String walletId, String member, MemberChange change) {
    FakeHouse.own(accountId, walletId, FakeHouse.WALLET);
    house.changed("member");
  }

  @Override
  public Asked look(String link) {
    FakeRegain.refuseOther(link);
    return new Asked("Savings", "ada@b.c", MemberRole.SPENDER, "dora@b.c");
  }

  @Override
  public String accept(String accountId, String link) {
    FakeRegain.refuseOther(link);
    house.changed("joined");
    return FakeHouse.WALLET;
  }
}
