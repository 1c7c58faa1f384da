package org.trefoil.core.export;

import java.util.List;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.Json;
import org.trefoil.core.wire.JsonObject;

/**
 * A wallet file of Electrum without any private key, in the first version of that format that says
 * where keys come from (20, Electrum 4.0); newer programs bring it up to date when they open it.
 */
final class ElectrumWallet {
  private static final int FORMAT = 20;

  private ElectrumWallet() {}

  static String write(Cosigners cosigners) {
    List<CosignerKey> keys = cosigners.keys();
    JsonObject file =
        Json.object()
            .put("seed_version", FORMAT)
            .put("use_encryption", false)
            .put("wallet_type", cosigners.threshold() + "of" + keys.size());
    for (int i = 0; i < keys.size(); i++) {
      CosignerKey key = keys.get(i);
      file.put(
          "x" + (i + 1) + "/",
          Json.object()
              .put("type", "bip32")
              .put("xpub", ElectrumKey.of(key.xpub(), cosigners))
              .put("derivation", key.origin().path().toString())
              .put("root_fingerprint", key.origin().fingerprintHex())
              .put("label", PlainName.of(key.role()))
              .json());
    }
    return file.json().write() + "\n";
  }
}
