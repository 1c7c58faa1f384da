package org.trefoil.server.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.InviteRequest;
import org.trefoil.core.wire.MemberChange;
import org.trefoil.core.wire.MemberRole;

/** What the door asks about the people of a wallet; times in epoch seconds. */
public interface Members {
  /**
   * Somebody who reaches a wallet.
   *
   * @param joinedAt null for the owner
   * @param you whether it is the one who asks
   */
  record Person(String id, String email, MemberRole role, @Nullable Long joinedAt, boolean you) {}

  /** Somebody who was asked to. */
  record Invited(String id, String email, MemberRole role, long expiresAt) {}

  /** The people of a wallet, its owner first; who was asked is told to those who may ask. */
  record Circle(List<Person> people, List<Invited> invited) {
    public Circle {
      people = List.copyOf(people);
      invited = List.copyOf(invited);
    }
  }

  Circle circle(String accountId, String walletId);

  void invite(String accountId, String walletId, InviteRequest request);

  void cancel(String accountId, String walletId, String invitationId);

  void change(String accountId, String walletId, String member, MemberChange change);

  /**
   * What a link asks for.
   *
   * @param wallet its name
   * @param by who asks
   */
  record Asked(String wallet, String email, MemberRole role, String by) {}

  /** Refuses {@code link-dead}. */
  Asked look(String link);

  /** Answers the wallet. */
  String accept(String accountId, String link);
}
