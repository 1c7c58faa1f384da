package org.trefoil.server.account;

/** Which mail people want, and which payments they were told of. */
public interface NoticeStore {
  /** Whether the account wants it, as all do that did not say otherwise. */
  boolean wanted(String accountId, Notice notice);

  void want(String accountId, Notice notice, boolean wanted);

  /** Notes that a payment of a wallet is told of; false when it was before. */
  boolean tell(String walletId, String txid);
}
