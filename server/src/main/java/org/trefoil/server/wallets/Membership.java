package org.trefoil.server.wallets;

import java.util.List;
import java.util.Optional;
import org.trefoil.core.wire.MemberRole;

/** Who else than its owner may do something with a wallet. */
public interface Membership {
  /** What an account may do; empty for no member. The owner is none. */
  Optional<MemberRole> role(String walletId, String accountId);

  /** The e-mail address of an account, by which others know it. */
  String email(String accountId);

  /** The wallets that an account is a member of. */
  List<String> walletsOf(String accountId);
}
