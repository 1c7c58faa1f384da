package org.trefoil.server.regain;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.server.account.Account;
import org.trefoil.server.account.Accounts;
import org.trefoil.server.audit.AuditLog;
import org.trefoil.server.durable.Transactions;
import org.trefoil.server.mail.Mailroom;
import org.trefoil.server.secondfactor.SecondFactors;

/** What every way back works with. */
record Means(
    Accounts accounts,
    SecondFactors factors,
    Letters letters,
    CancelLinks cancels,
    Mailroom mail,
    Transactions transactions,
    AuditLog audit,
    InstantSource clock,
    SecureRandom random) {
  /** The account, which is there. */
  Account account(String accountId) {
    return accounts.find(accountId).orElseThrow();
  }

  /** Refuses {@code mail-missing} where what is written reaches nobody. */
  void refuseWithoutMail() {
    if (!mail.reachesPeople()) {
      throw Refusal.of(Token.MAIL_MISSING).exception();
    }
  }
}
