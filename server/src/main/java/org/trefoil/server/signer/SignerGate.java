package org.trefoil.server.signer;

import java.util.Base64;
import java.util.Optional;
import org.trefoil.core.Refusal;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.server.passkey.PasskeyTickets;
import org.trefoil.server.rules.RuleGate;
import org.trefoil.server.secondfactor.SecondFactors;
import org.trefoil.server.secondfactor.Verdict;

/** Has a signer take each change of a wallet's rules before it is made here. */
public final class SignerGate implements RuleGate {
  private final SignerLine line;
  private final SecondFactors factors;

  public SignerGate(SignerLine line, SecondFactors factors) {
    this.line = line;
    this.factors = factors;
  }

  @Override
  public Verdict sign(
      String walletId, String accountId, PolicyDocument document, String code, byte[] digest) {
    return byCode(
        SignerLine.op("rules").put("document", document.toJson()), walletId, accountId, code);
  }

  @Override
  public void cancel(String walletId, int version) {
    line.tell(SignerLine.op("rules-cancel").put("wallet", walletId).put("version", (long) version));
  }

  @Override
  public void stop(String walletId) {
    line.tell(SignerLine.op("stop").put("wallet", walletId));
  }

  @Override
  public Verdict thaw(String walletId, String accountId, String code) {
    return byCode(SignerLine.op("thaw"), walletId, accountId, code);
  }

  @Override
  public Optional<PolicyDocument> after(String walletId, int version) {
    return line.ask(
        SignerLine.op("rules-after").put("wallet", walletId).put("version", (long) version),
        f -> Optional.ofNullable(f.optionalValue("document", PolicyDocument::fromJson)));
  }

  @Override
  public RuleReceipt receipt(String walletId, Cosigners cosigners, byte[] nonce, RuleReceipt here) {
    return line.ask(
        SignerLine.op("receipt")
            .put("wallet", walletId)
            .put("nonce", Base64.getEncoder().encodeToString(nonce)),
        f -> f.value("receipt", RuleReceipt::fromJson));
  }

  private Verdict byCode(JsonObject request, String walletId, String accountId, String code) {
    if (PasskeyTickets.isOne(code)) {
      throw Refusal.of(Token.SIGNER_NEEDS_CODE).exception();
    }
    Verdict verdict = Verdict.OK;
    try {
      line.tell(request.put("wallet", walletId).put("account", accountId).put("code", code));
    } catch (RefusedException e) {
      verdict = Verdict.of(e.refusal());
      if (verdict == null) {
        throw e;
      }
    }
    return factors.noted(accountId, code, verdict);
  }
}
