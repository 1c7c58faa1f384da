package org.trefoil.server.spend;

import java.util.List;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;

/** Sends from proposal to confirmation. */
public final class Sends {
  public SendView propose(String accountId, String walletId, SendRequest request) {
    throw new UnsupportedOperationException();
  }

  public SendView confirm(String accountId, String walletId, String sendId, String code) {
    throw new UnsupportedOperationException();
  }

  public SendView cancel(String accountId, String walletId, String sendId) {
    throw new UnsupportedOperationException();
  }

  public SendView view(String accountId, String walletId, String sendId) {
    throw new UnsupportedOperationException();
  }

  /** The wallet's sends, newest first. */
  public List<SendView> list(String accountId, String walletId) {
    throw new UnsupportedOperationException();
  }
}
