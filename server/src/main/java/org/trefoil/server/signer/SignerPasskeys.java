package org.trefoil.server.signer;

import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.server.passkey.Passkey;
import org.trefoil.server.passkey.PasskeyNews;

/** Has a signer learn of a passkey before it counts here, and forget it. */
public final class SignerPasskeys implements PasskeyNews {
  private final SignerLine line;
  private final PasskeyNews news;

  public SignerPasskeys(SignerLine line, PasskeyNews news) {
    this.line = line;
    this.news = news;
  }

  static JsonObject of(String op, Passkey passkey) {
    return SignerLine.op(op)
        .put("account", passkey.accountId())
        .put("publicKey", Base64.getEncoder().encodeToString(passkey.publicKey()));
  }

  @Override
  public void passkeyAdded(Passkey passkey, @Nullable Instant from) {
    long counts = line.ask(of("passkey", passkey), f -> f.number("from"));
    news.passkeyAdded(passkey, Instant.ofEpochSecond(counts));
  }

  @Override
  public void passkeySignsIn(Passkey passkey) {
    news.passkeySignsIn(passkey);
  }

  @Override
  public void passkeyRemoved(Passkey passkey) {
    line.tell(of("passkey-gone", passkey));
    news.passkeyRemoved(passkey);
  }
}
