package org.trefoil.server.spend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.wire.MemberRole;
import org.trefoil.server.passkey.PasskeyQuestions;
import org.trefoil.server.passkey.ProofFile;
import org.trefoil.server.passkey.SendProof;
import org.trefoil.server.wallets.Wallets;

/** Hands out on what a send was confirmed, to whoever may see it. */
public final class Proving {
  private final Sends sends;
  private final Wallets wallets;
  private final PasskeyQuestions passkeys;
  private final Judging judging;

  Proving(Sends sends, Wallets wallets, PasskeyQuestions passkeys, Judging judging) {
    this.sends = sends;
    this.wallets = wallets;
    this.passkeys = passkeys;
    this.judging = judging;
  }

  /**
   * What passkeys confirmed of a send: of whoever began it, and of those who said yes. Empty where
   * none did, or where nothing is left of the transaction.
   */
  public Optional<ProofFile> file(String accountId, String walletId, String sendId) {
    wallets.live(accountId, walletId, MemberRole.VIEWER);
    SendRecord send = sends.owned(walletId, sendId);
    List<SendProof> proofs = new ArrayList<>();
    passkeys.proof(sendId).ifPresent(proofs::add);
    for (JudgingStore.Vote vote : judging.said(walletId, sendId, send.digest())) {
      if (vote.yes()) {
        passkeys.voteProof(sendId, vote.accountId()).ifPresent(proofs::add);
      }
    }
    if (proofs.isEmpty() || send.psbt().length == 0) {
      return Optional.empty();
    }
    Psbt psbt = Psbt.parse(send.psbt());
    List<Long> amounts = new ArrayList<>();
    for (int i = 0; i < psbt.unsignedTx().inputCount(); i++) {
      amounts.add(psbt.spentOutput(i).value().value());
    }
    String txid = send.stage().looksApproved() ? send.txid() : null;
    byte[] transaction = psbt.unsignedTx().bytes();
    return Optional.ofNullable(ProofFile.of(walletId, transaction, amounts, txid, proofs));
  }
}
