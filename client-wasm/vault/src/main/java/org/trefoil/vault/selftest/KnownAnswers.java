package org.trefoil.vault.selftest;

import java.util.ArrayList;
import java.util.List;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.envelope.v1.SealingAnswer;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.StretchAnswer;
import org.trefoil.custody.secret.SecretBytes;

/**
 * One known answer for each kind of arithmetic that the vault lives by. Words, Argon2id and AES-GCM
 * are the standards' own vectors; key, signature and address were fixed on the JVM, where the
 * standards' vectors hold the same code. The seeds are public and must never hold coins.
 */
public final class KnownAnswers {
  private static final String KEY =
      "[24ea2f21/48'/1'/0'/2']tpubDETBZRcRtCFvpdHMLSRjtYG4an8ZBmhzxGcBqbYx3WkHNZM9eWqU8Uk5tvCMFYg"
          + "w7W66T6276mvbDEJmNqJcZrLTSUHGBgSj7Cmg1B9jNo7";
  private static final String SIGNATURE =
      "e6159549cf1c6a7fd6c503ba89ca0033aae8e6955b27b885d1def26e108b069b"
          + "2e6910fac646e9f121faf98dcc64d142a18cd1881b0495dbd1f8a48cf408e56f";
  private static final String ADDRESS =
      "bcrt1q9v0r2r3f0wgexe4mafjuflegptaauahvxpfkn0rxxan3lhf63u9s6hmxy0";
  private static final int ADDRESS_INDEX = 5;

  private KnownAnswers() {}

  /** The kinds that came out wrong; empty when all is well. */
  public static List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    try (AccountKey one = account(3);
        AccountKey two = account(4);
        Mnemonic words = Mnemonic.of(new byte[32])) {
      expect(wrong, "words", words.word(1).equals("abandon") && words.word(24).equals("art"));
      expect(wrong, "derivation", one.cosignerKey().expression().equals(KEY));
      expect(wrong, "signature", Hex.of(one.sign(new byte[32])).equals(SIGNATURE));
      Cosigners cosigners =
          new Cosigners(
              Network.REGTEST, ScriptType.P2WSH, 2, List.of(one.cosignerKey(), two.cosignerKey()));
      expect(wrong, "address", cosigners.address(Cosigners.RECEIVE, ADDRESS_INDEX).equals(ADDRESS));
    } catch (RuntimeException e) {
      wrong.add("keys");
    }
    expect(wrong, "stretch", StretchAnswer.comesOut());
    expect(wrong, "sealing", SealingAnswer.comesOut());
    return wrong;
  }

  private static AccountKey account(int start) {
    byte[] entropy = new byte[UserSeed.LENGTH];
    for (int i = 0; i < entropy.length; i++) {
      entropy[i] = (byte) (i * 7 + start);
    }
    try (UserSeed seed = UserSeed.takingOver(SecretBytes.takingOver(entropy))) {
      return seed.account(Network.REGTEST);
    }
  }

  private static void expect(List<String> wrong, String kind, boolean right) {
    if (!right) {
      wrong.add(kind);
    }
  }
}
