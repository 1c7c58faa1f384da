package org.trefoil.custody.bip39;

import java.nio.charset.StandardCharsets;
import org.trefoil.core.units.Hex;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.secret.SecretBytes;

/** BIP-0039's own vectors. */
public final class MnemonicVectors {
  private MnemonicVectors() {}

  public static Outcome bip39(String text) {
    Outcome run = new Outcome("BIP-0039");
    byte[] passphrase = "TREZOR".getBytes(StandardCharsets.US_ASCII);
    for (String[] vector : Outcome.columns(text, 3)) {
      try (Mnemonic made = Mnemonic.of(Hex.parse(vector[0]));
          Mnemonic read = Mnemonic.parse(vector[1].toCharArray());
          SecretBytes entropy = read.entropy();
          SecretBytes seed = read.seed(passphrase)) {
        run.same(vector[0] + " words", vector[1], joined(made));
        run.same(vector[0] + " entropy", vector[0], Hex.of(entropy.exposed()));
        run.same(vector[0] + " seed", vector[2], Hex.of(seed.exposed()));
      }
    }
    return run;
  }

  static String joined(Mnemonic mnemonic) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= mnemonic.count(); i++) {
      text.append(i == 1 ? "" : " ").append(mnemonic.word(i));
    }
    return text.toString();
  }
}
