package org.trefoil.server.wallets;

import java.util.Map;

/** What people noted on their sends. */
public interface SendNotes {
  /** By transaction id; sends without a note are missing. */
  Map<String, String> notes(String walletId);
}
