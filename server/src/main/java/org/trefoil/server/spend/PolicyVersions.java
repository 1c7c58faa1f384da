package org.trefoil.server.spend;

/** Which version of its policies a wallet has now. */
@FunctionalInterface
public interface PolicyVersions {
  /** 0 where none was ever signed. */
  long of(String walletId);
}
