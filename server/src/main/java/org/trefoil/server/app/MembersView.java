package org.trefoil.server.app;

import java.time.Instant;
import org.trefoil.core.wire.InviteRequest;
import org.trefoil.core.wire.MemberChange;
import org.trefoil.server.http.Members;

/** The people of wallets as the door sees them: only translation happens here. */
record MembersView(org.trefoil.server.members.Members members) implements Members {
  @Override
  public Circle circle(String accountId, String walletId) {
    org.trefoil.server.members.Members.Circle circle = members.circle(accountId, walletId);
    return new Circle(
        circle.members().stream().map(member -> person(member, accountId)).toList(),
        circle.invitations().stream()
            .map(
                one ->
                    new Invited(
                        one.invitationId(),
                        one.email(),
                        one.role(),
                        one.expiresAt().getEpochSecond()))
            .toList());
  }

  private static Person person(org.trefoil.server.members.Members.Member member, String asks) {
    Instant joined = member.joinedAt();
    return new Person(
        member.accountId(),
        member.email(),
        member.role(),
        joined == null ? null : (Long) joined.getEpochSecond(),
        member.accountId().equals(asks));
  }

  @Override
  public void invite(String accountId, String walletId, InviteRequest request) {
    members.invite(accountId, walletId, request.email(), request.role(), request.code());
  }

  @Override
  public void cancel(String accountId, String walletId, String invitationId) {
    members.cancel(accountId, walletId, invitationId);
  }

  @Override
  public void change(String accountId, String walletId, String member, MemberChange change) {
    members.change(accountId, walletId, member, change.role(), change.code());
  }

  @Override
  public Asked look(String link) {
    org.trefoil.server.members.Members.Asked asked = members.look(link);
    return new Asked(asked.wallet(), asked.email(), asked.role(), asked.by());
  }

  @Override
  public String accept(String accountId, String link) {
    return members.accept(accountId, link);
  }
}
