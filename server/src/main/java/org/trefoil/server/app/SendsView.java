package org.trefoil.server.app;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.SendRequest;
import org.trefoil.core.wire.SendView;
import org.trefoil.core.wire.Waiting;
import org.trefoil.server.account.Devices;
import org.trefoil.server.http.Services;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.spend.Sends;
import org.trefoil.server.wallets.Wallets;

/** Sends as the door sees them. */
record SendsView(Sends sends, Wallets wallets, Devices devices)
    implements org.trefoil.server.http.Sends {
  @Override
  public void approve(String accountId, String walletId, String sendId, String code) {
    sends.approving().approve(accountId, walletId, sendId, new GivenFactor.Code(code));
  }

  @Override
  public void decline(String accountId, String walletId, String sendId) {
    sends.approving().refuse(accountId, walletId, sendId);
  }

  @Override
  public @Nullable Poll poll(String accountId, String walletId, String sendId) {
    return sends
        .approving()
        .poll(accountId, walletId, sendId)
        .map(
            poll ->
                new Poll(
                    poll.needed(),
                    poll.voices().stream()
                        .map(voice -> new Voice(voice.name(), voice.yes()))
                        .toList(),
                    poll.until().getEpochSecond(),
                    poll.asks(accountId)))
        .orElse(null);
  }

  @Override
  public Begun begun(String accountId, String walletId, String sendId) {
    String by = sends.begunBy(accountId, walletId, sendId);
    return new Begun(wallets.email(by), by.equals(accountId));
  }

  @Override
  public SendView propose(String accountId, String walletId, SendRequest request) {
    return sends.propose(accountId, walletId, request);
  }

  @Override
  public SendView view(String accountId, String walletId, String sendId) {
    return sends.view(accountId, walletId, sendId);
  }

  @Override
  public SendView confirm(
      String accountId, String walletId, String sendId, String code, Services.Whence whence) {
    return sends.confirm(
        accountId,
        walletId,
        sendId,
        new GivenFactor.Code(code),
        HttpServices.whence(devices, accountId, whence));
  }

  @Override
  public SendView cancel(String accountId, String walletId, String sendId) {
    return sends.cancel(accountId, walletId, sendId);
  }

  @Override
  public SendView addSignatures(String accountId, String walletId, String sendId, String psbt) {
    return sends.addSignatures(accountId, walletId, sendId, psbt);
  }

  @Override
  public byte[] psbt(String accountId, String walletId, String sendId) {
    return sends.psbt(accountId, walletId, sendId);
  }

  @Override
  public List<SendView> waiting(String accountId, String walletId) {
    return sends.waiting(accountId, walletId);
  }

  @Override
  public Waiting waiting(String accountId, String walletId, String sendId) {
    return sends.bumping().waiting(accountId, walletId, sendId);
  }

  @Override
  public Waiting waitingPayment(String accountId, String walletId, String txid) {
    return sends.bumping().waitingPayment(accountId, walletId, txid);
  }

  @Override
  public @Nullable SendView ofTransaction(String accountId, String walletId, String txid) {
    return sends.bumping().ofTransaction(accountId, walletId, txid);
  }
}
