package org.trefoil.server.signer;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.PartialSignature;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.Json;
import org.trefoil.server.cosign.NewServerKey;
import org.trefoil.server.cosign.ServerKeys;
import org.trefoil.server.policy.ApprovedSpend;

/** The server's keys, which a signer has; it decides for itself what they sign. */
public final class SignerKeys implements ServerKeys {
  private final SignerLine line;
  private final Network network;

  public SignerKeys(SignerLine line, Network network) {
    this.line = line;
    this.network = network;
  }

  @Override
  public NewServerKey make(String walletId) {
    String key = line.ask(SignerLine.op("make").put("wallet", walletId), f -> f.text("key"));
    return new NewServerKey(CosignerKey.parse(KeyRole.SERVER, key, network), null);
  }

  /** Nothing: the signer keeps it. */
  @Override
  public void keep(String walletId, NewServerKey key) {}

  @Override
  public void pin(String walletId, String accountId, Cosigners cosigners) {
    line.tell(
        SignerLine.op("pin")
            .put("wallet", walletId)
            .put("account", accountId)
            .put("descriptor", cosigners.descriptor()));
  }

  @Override
  public void drop(String walletId, byte[] digest) {
    line.tell(
        SignerLine.op("drop")
            .put("wallet", walletId)
            .put("digest", HexFormat.of().formatHex(digest)));
  }

  @Override
  public List<InputSignature> sign(ApprovedSpend approved) {
    byte[] psbt = approved.half().psbt().serialize();
    List<PartialSignature> made =
        line.ask(
            SignerLine.op("sign")
                .put("wallet", approved.walletId())
                .put("psbt", Base64.getEncoder().encodeToString(psbt)),
            f -> f.list("signatures", SignerKeys::signature));
    List<InputSignature> signatures = new ArrayList<>(made.size());
    for (PartialSignature each : made) {
      signatures.add(InputSignature.of(signatures.size(), each.publicKey(), each.signature()));
    }
    return signatures;
  }

  private static PartialSignature signature(Json json) {
    Base64.Decoder base64 = Base64.getDecoder();
    return json.read(
        f ->
            new PartialSignature(
                base64.decode(f.base64("key")), base64.decode(f.base64("signature"))));
  }
}
