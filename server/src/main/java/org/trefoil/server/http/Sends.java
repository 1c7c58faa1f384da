package org.trefoil.server.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Waiting;

/** What the door asks about the sends of a wallet; times in epoch seconds. */
public interface Sends {
  /**
   * Who is asked about a send.
   *
   * @param needed how many yeses it takes
   * @param until when it is over without them, epoch seconds
   * @param asks whether the one who asks is asked and said nothing yet
   */
  record Poll(int needed, List<Voice> voices, long until, boolean asks) {
    public Poll {
      voices = List.copyOf(voices);
    }
  }

  /** Somebody who is asked; {@code yes} is null while nothing was said. */
  record Voice(String name, @Nullable Boolean yes) {}

  /**
   * Who began a send.
   *
   * @param you whether it is the one who asks
   */
  record Begun(String email, boolean you) {}

  SendView propose(String accountId, String walletId, SendRequest request);

  SendView view(String accountId, String walletId, String sendId);

  SendView confirm(
      String accountId, String walletId, String sendId, String code, Services.Whence whence);

  SendView cancel(String accountId, String walletId, String sendId);

  /**
   * Puts further owners' signatures on a send.
   *
   * @param psbt as text
   */
  SendView addSignatures(String accountId, String walletId, String sendId, String psbt);

  /** The PSBT of a send that waits for further owners' signatures, with those that it has. */
  byte[] psbt(String accountId, String walletId, String sendId);

  /** Those that wait for signatures or their code, newest first. */
  List<SendView> waiting(String accountId, String walletId);

  /** What a vault needs to replace a send that waits. */
  Waiting waiting(String accountId, String walletId, String sendId);

  /** What a vault needs to pull a waiting payment of somebody else along. */
  Waiting waitingPayment(String accountId, String walletId, String txid);

  /** Says yes to a send that waits for it, with a second factor for exactly it. */
  void approve(String accountId, String walletId, String sendId, String code);

  /** Says no, which cancels it; takes no factor. */
  void decline(String accountId, String walletId, String sendId);

  /** Who is asked about a send that waits; null when nobody is. */
  @Nullable Poll poll(String accountId, String walletId, String sendId);

  /** Who began a send. */
  Begun begun(String accountId, String walletId, String sendId);

  /** The wallet's own send that made a transaction, or null. */
  @Nullable SendView ofTransaction(String accountId, String walletId, String txid);
}
