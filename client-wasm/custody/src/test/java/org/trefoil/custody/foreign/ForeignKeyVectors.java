package org.trefoil.custody.foreign;

import java.nio.charset.StandardCharsets;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.keys.LoneKey;
import org.trefoil.custody.passcode.Passcode;

/** BIP-0038's own vectors. */
public final class ForeignKeyVectors {
  private ForeignKeyVectors() {}

  public static Outcome bip38(String text) {
    Outcome run = new Outcome("BIP-0038");
    for (String[] vector : Outcome.columns(text, 3)) {
      String phrase = new String(Hex.parse(vector[0]), StandardCharsets.UTF_8);
      try (Passcode passphrase = Passcode.foreign(phrase.toCharArray());
          EncryptedKeyOpening opening =
              EncryptedKeyOpening.begin(vector[1].toCharArray(), passphrase, Network.MAINNET);
          LoneKey opened = opening.run();
          LoneKey plain = KeyText.read(vector[2].toCharArray(), Network.MAINNET)) {
        run.same(vector[1], Hex.of(plain.publicKey(true)), Hex.of(opened.publicKey(true)));
      }
    }
    return run;
  }
}
