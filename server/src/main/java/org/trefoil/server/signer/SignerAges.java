package org.trefoil.server.signer;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.trefoil.core.wire.Fields;
import org.trefoil.core.wire.JsonObject;
import org.trefoil.server.passkey.Passkey;
import org.trefoil.server.passkey.PasskeyAges;
import org.trefoil.server.passkey.SendProof;

/** What a signer says of passkeys that it does not take yet. */
public final class SignerAges implements PasskeyAges {
  private final SignerLine line;

  public SignerAges(SignerLine line) {
    this.line = line;
  }

  @Override
  public Map<String, Instant> young(String accountId, List<Passkey> known) {
    List<String> keys =
        known.stream()
            .map(passkey -> Base64.getEncoder().encodeToString(passkey.publicKey()))
            .toList();
    List<Map.Entry<String, Instant>> young =
        line.ask(
            SignerLine.op("young").put("account", accountId).putTexts("known", keys),
            f -> f.list("young", each -> each.read(SignerAges::entry)));
    return young.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map.Entry<String, Instant> entry(Fields f) {
    return Map.entry(f.base64("key"), Instant.ofEpochSecond(f.number("from")));
  }

  @Override
  public boolean leavesLate() {
    return true;
  }

  @Override
  public void hasten(Passkey passkey, SendProof proof) {
    JsonObject request = SignerPasskeys.of("passkey-now", passkey);
    new Given(null, proof).put(request);
    line.tell(request);
  }
}
