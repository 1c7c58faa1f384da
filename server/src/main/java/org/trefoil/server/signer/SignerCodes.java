package org.trefoil.server.signer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.server.keyfile.Sealed;
import org.trefoil.server.secondfactor.Codes;
import org.trefoil.server.secondfactor.KeyProof;
import org.trefoil.server.secondfactor.Tries;
import org.trefoil.server.secondfactor.Verdict;

/** Codes that a signer checks: nothing here tells them. */
public final class SignerCodes implements Codes {
  /** What the front keeps of a secret that waits in the signer. */
  private static final Sealed ELSEWHERE =
      new Sealed("with the signer".getBytes(StandardCharsets.US_ASCII));

  private final SignerLine line;

  public SignerCodes(SignerLine line) {
    this.line = line;
  }

  private static JsonObject of(String op, String accountId) {
    return SignerLine.op(op).put("account", accountId);
  }

  /** How an account stands. */
  private record Known(
      boolean enrolled, int left, boolean keysAlone, @Nullable Instant recoveryFrom) {
    static Known read(Fields f) {
      Long from = f.optionalNumber("recoveryFrom");
      return new Known(
          f.bool("enrolled"),
          f.count("left"),
          f.bool("keysAlone"),
          from == null ? null : Instant.ofEpochSecond(from));
    }
  }

  private Known known(String accountId) {
    return line.ask(of("factor", accountId), Known::read);
  }

  @Override
  public boolean enrolled(String accountId) {
    return known(accountId).enrolled();
  }

  @Override
  public int recoveryLeft(String accountId) {
    return known(accountId).left();
  }

  @Override
  public boolean keysAlone(String accountId) {
    return known(accountId).keysAlone();
  }

  @Override
  public @Nullable Instant recoveryFrom(String accountId) {
    return known(accountId).recoveryFrom();
  }

  @Override
  public String begin(String accountId) {
    return line.ask(of("enrol", accountId), f -> f.text("secret"));
  }

  @Override
  public Verdict confirm(String accountId, String typed, List<String> recovery) {
    return said(of("enrolled", accountId).put("code", typed), recovery);
  }

  @Override
  public Verdict use(String accountId, String typed, byte @Nullable [] digest, Tries kind) {
    String exactly = digest == null ? null : Base64.getEncoder().encodeToString(digest);
    return said(
        of("use", accountId).put("code", typed).put("kind", kind.name()).put("digest", exactly),
        null);
  }

  /** No: that somebody's passkey answered here is the front's word. */
  @Override
  public boolean takesTickets() {
    return false;
  }

  @Override
  public Verdict useToAddPasskey(String accountId, String typed) {
    return said(of("grant", accountId).put("code", typed), null);
  }

  @Override
  public Verdict useToRemovePasskey(String accountId, String typed) {
    return said(of("grant-gone", accountId).put("code", typed), null);
  }

  /** The signer counts them as well, apart: it takes nobody's word for how many there were. */
  @Override
  public Verdict useCountedElsewhere(String accountId, String typed) {
    return said(of("use-link", accountId).put("code", typed), null);
  }

  @Override
  public void renew(String accountId, List<String> recovery) {
    throw Refusal.of(Token.SIGNER_NEEDS_CODE).exception();
  }

  @Override
  public Verdict renew(String accountId, String typed, List<String> recovery) {
    return said(of("renew", accountId).put("code", typed), recovery);
  }

  private Verdict said(JsonObject request, @Nullable List<String> recovery) {
    return line.ask(
        request,
        f -> {
          Verdict verdict = f.choice("verdict", Verdict.values());
          List<String> codes = f.texts("recovery");
          if (recovery != null) {
            recovery.addAll(codes);
          }
          return verdict;
        });
  }

  @Override
  public Sealed fresh(String accountId, boolean byKeys) {
    line.tell(of("reset", accountId).put("byKeys", byKeys));
    return ELSEWHERE;
  }

  @Override
  public @Nullable Instant hasten(String accountId, KeyProof proof) {
    JsonObject request =
        of("reset-keys", accountId)
            .put("wallet", proof.walletId())
            .put("challenge", proof.challenge())
            .put("expires", proof.expires())
            .put("user", proof.user())
            .put("backup", proof.backup());
    Optional<Long> ready = line.ask(request, f -> Optional.ofNullable(f.optionalNumber("ready")));
    return ready.map(Instant::ofEpochSecond).orElse(null);
  }

  @Override
  public String show(String accountId, Sealed fresh) {
    return line.ask(of("reset-show", accountId), f -> f.text("secret"));
  }

  @Override
  public boolean replace(String accountId, Sealed fresh, String typed, List<String> recovery) {
    Verdict verdict = said(of("reset-end", accountId).put("code", typed), recovery);
    if (verdict == Verdict.USED || verdict == Verdict.TOO_MANY) {
      verdict.orRefuse();
    }
    return verdict == Verdict.OK;
  }
}
