package org.trefoil.server.signer;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.server.passkey.PasskeyQuestions;
import org.trefoil.server.passkey.SendProof;
import org.trefoil.server.secondfactor.GivenFactor;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.SendFactors;
import org.trefoil.server.secondfactor.Verdict;

/**
 * Has a signer take the second factor of a send, who judges the send as well. What a passkey signed
 * is checked and kept here first, and handed on.
 */
public final class SignerSendFactors implements SendFactors {
  private final SignerLine line;
  private final SecondFactors factors;
  private final PasskeyQuestions passkeys;
  private final SendFactors here;

  /**
   * For all sends.
   *
   * @param here what takes what passkeys sign
   */
  public SignerSendFactors(
      SignerLine line, SecondFactors factors, PasskeyQuestions passkeys, SendFactors here) {
    this.line = line;
    this.factors = factors;
    this.passkeys = passkeys;
    this.here = here;
  }

  @Override
  public @Nullable Refusal use(For send, GivenFactor given) {
    Refusal no = given instanceof GivenFactor.Signed ? here.use(send, given) : null;
    if (no != null) {
      return no;
    }
    JsonObject request =
        SignerLine.op("confirm")
            .put("psbt", Base64.getEncoder().encodeToString(send.psbt()))
            .put("address", send.address())
            .put("known", send.knownSince() == null ? null : send.knownSince().getEpochSecond());
    return ask(request, send, given, passkeys.proof(send.sendId()));
  }

  @Override
  public @Nullable Refusal useForYes(For send, GivenFactor given) {
    Refusal no = given instanceof GivenFactor.Signed ? here.useForYes(send, given) : null;
    if (no != null) {
      return no;
    }
    JsonObject request =
        SignerLine.op("yes").put("digest", HexFormat.of().formatHex(send.digest()));
    return ask(request, send, given, passkeys.voteProof(send.sendId(), send.accountId()));
  }

  private @Nullable Refusal ask(
      JsonObject request, For send, GivenFactor given, Optional<SendProof> proof) {
    request.put("wallet", send.walletId()).put("account", send.accountId());
    String typed = given instanceof GivenFactor.Code code ? code.typed() : null;
    new Given(typed, typed == null ? proof.orElse(null) : null).put(request);
    Refusal refused = null;
    try {
      line.ask(request, f -> f.optionalNumber("until") == null);
    } catch (RefusedException e) {
      refused = e.refusal();
    }
    Verdict verdict = refused == null ? Verdict.OK : Verdict.of(refused);
    if (typed != null && verdict != null) {
      factors.noted(send.accountId(), typed, verdict);
    }
    return refused;
  }
}
