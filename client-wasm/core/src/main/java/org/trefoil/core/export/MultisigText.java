package org.trefoil.core.export;

import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;

/** The set-up text that Coldcard, Keystone and Passport read. */
final class MultisigText {
  private static final int MOST_NAME = 20;

  private MultisigText() {}

  static String write(Cosigners cosigners, String name) {
    String format =
        switch (cosigners.scriptType()) {
          case P2WSH -> "P2WSH";
          case P2SH_P2WSH -> "P2WSH-P2SH";
          case P2SH -> "P2SH";
        };
    StringBuilder text = new StringBuilder();
    text.append("# Multisig set-up file\n");
    text.append("Name: ").append(PlainName.slug(name, MOST_NAME)).append('\n');
    text.append("Policy: ").append(cosigners.threshold());
    text.append(" of ").append(cosigners.keys().size()).append('\n');
    text.append("Format: ").append(format).append('\n');
    String path = "";
    for (CosignerKey key : cosigners.keys()) {
      String own = key.origin().path().toString();
      if (!own.equals(path)) {
        text.append("\nDerivation: ").append(own).append('\n');
        path = own;
      }
      text.append(capitals(key.origin().fingerprintHex()));
      text.append(": ").append(key.xpub().base58()).append('\n');
    }
    return text.toString();
  }

  /** Devices print fingerprints in capitals. */
  private static String capitals(String hex) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      text.append(c >= 'a' ? (char) (c - 32) : c);
    }
    return text.toString();
  }
}
