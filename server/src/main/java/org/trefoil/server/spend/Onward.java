package org.trefoil.server.spend;

import java.util.Arrays;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.wire.WalletState;
import org.trefoil.server.wallets.WalletRecord;
import org.trefoil.server.wallets.Wallets;

/** What a replaced wallet may still do: pay the wallet that came after it. */
final class Onward {
  private final Wallets wallets;

  Onward(Wallets wallets) {
    this.wallets = wallets;
  }

  /**
   * Refuses {@code not-to-successor} for a payment under replaced keys to anything but an address
   * that was handed out lately for their heir. What takes the place of an earlier send, or pulls a
   * payment along, pays nobody new.
   */
  void refuseElsewhere(WalletRecord wallet, CheckedSpend spend, Purpose purpose) {
    if (wallet.state() != WalletState.REPLACED || !(purpose instanceof Purpose.Payment)) {
      return;
    }
    boolean one = spend.recipients().size() == 1;
    if (!one || !pays(spend.recipients().get(0).address().scriptPubKey(), wallets.heir(wallet))) {
      throw Refusal.of(Token.NOT_TO_SUCCESSOR).exception();
    }
  }

  private static boolean pays(byte[] script, WalletRecord heir) {
    Cosigners cosigners = heir.cosigners();
    int last = heir.handedOut() - 1;
    for (int index = last; index >= 0 && index >= last - Cosigners.GAP; index--) {
      if (Arrays.equals(script, cosigners.scriptPubKey(Cosigners.RECEIVE, index))) {
        return true;
      }
    }
    return false;
  }
}
