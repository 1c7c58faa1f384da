package org.trefoil.core.export;

import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.Json;

/** Caravan's wallet configuration. */
final class CaravanFile {
  private CaravanFile() {}

  static String write(Cosigners cosigners, String name) {
    String type =
        switch (cosigners.scriptType()) {
          case P2WSH -> "P2WSH";
          case P2SH_P2WSH -> "P2SH-P2WSH";
          case P2SH -> "P2SH";
        };
    return Json.object()
            .put("name", name)
            .put("addressType", type)
            .put("network", cosigners.network().id())
            .put("client", Json.object().put("type", "public").json())
            .put(
                "quorum",
                Json.object()
                    .put("requiredSigners", cosigners.threshold())
                    .put("totalSigners", cosigners.keys().size())
                    .json())
            .put("extendedPublicKeys", Json.array(cosigners.keys(), CaravanFile::key))
            .put("startingAddressIndex", 0)
            .json()
            .write()
        + "\n";
  }

  private static Json key(CosignerKey key) {
    return Json.object()
        .put("name", PlainName.of(key.role()))
        .put("bip32Path", key.origin().path().toString())
        .put("xpub", key.xpub().base58())
        .put("xfp", key.origin().fingerprintHex())
        .put("method", "text")
        .json();
  }
}
