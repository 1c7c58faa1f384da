package org.trefoil.custody.keys;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bitcoinj.base.Base58;
import org.trefoil.core.keys.Hashes;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.vectors.Outcome;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.secret.SecretBytes;

/** Private derivation (BIP-0032) and deterministic signatures (RFC 6979). */
public final class KeyVectors {
  private KeyVectors() {}

  public static Outcome bip32(String text) {
    Outcome run = new Outcome("BIP-0032 private");
    for (String[] vector : Outcome.columns(text.replace(' ', '|'), 4)) {
      try (PrivateNode master = PrivateNode.master(Hex.parse(vector[0]));
          PrivateNode node = master.descend(KeyPath.parse(vector[1]))) {
        run.same(vector[1] + " public", vector[2], node.xpub(Network.MAINNET).base58());
        byte[] serialized = Base58.decodeChecked(vector[3]);
        run.same(
            vector[1] + " private",
            Hex.of(java.util.Arrays.copyOfRange(serialized, 46, 78)),
            Hex.of(node.key().exposed()));
      }
    }
    return run;
  }

  public static Outcome rfc6979(String text) {
    Outcome run = new Outcome("RFC 6979");
    for (String[] vector : Outcome.columns(text, 3)) {
      byte[] digest = Hashes.sha256(vector[1].getBytes(StandardCharsets.US_ASCII));
      try (SecretBytes key = SecretBytes.takingOver(Hex.parse(vector[0]))) {
        byte[] signature = Secp256k1.sign(new BigInteger(1, key.exposed()), digest);
        run.same(vector[1], vector[2], Hex.of(signature));
      }
    }
    return run;
  }

  /** What a random case gives: words, account key, and signatures of the account and of a leaf. */
  public static String seeded(Entropy entropy, int number) {
    Network network = Network.values()[number % Network.values().length];
    byte[] digest = entropy.bytes(32);
    try (UserSeed seed = UserSeed.fresh(entropy);
        Mnemonic words = seed.mnemonic();
        AccountKey account = seed.account(network)) {
      StringBuilder text = new StringBuilder(account.cosignerKey().expression());
      for (char[] word : words.words()) {
        text.append(' ').append(word);
      }
      text.append(Hex.of(account.sign(digest)));
      return text.append(Hex.of(account.sign(number % 2, number * 7919, digest))).toString();
    }
  }
}
