package org.trefoil.e2e.evil;

import static org.bitcoinj.base.BitcoinNetwork.REGTEST;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinj.crypto.ChildNumber;
import org.bitcoinj.crypto.DeterministicKey;
import org.bitcoinj.crypto.HDKeyDerivation;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.envelope.EnvelopeBinding;
import org.trefoil.core.envelope.SealedUserKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.envelope.v1.Opening;
import org.trefoil.custody.keys.UserSeed;
import org.trefoil.custody.passcode.Passcode;
import org.trefoil.e2e.harness.ManInTheMiddle;
import org.trefoil.e2e.person.Person;

/**
 * All that a person with one wallet has to keep secret, in every form in which it might be found.
 */
final class Secrets {
  private Secrets() {}

  /** Passcode, password, both keys of the person and what comes of them. */
  static Needles of(Person person, ManInTheMiddle middle) {
    Needles needles =
        new Needles().text("passcode", person.passcode()).text("password", person.password());
    String backupWords = String.join(" ", person.paper().words());
    needles.text("backup words", backupWords);
    try (Mnemonic backup = Mnemonic.parse(backupWords.toCharArray());
        UserSeed user = openedFromTheWire(person, middle);
        Mnemonic userWords = user.mnemonic()) {
      needles.bytes("backup entropy", backup.entropy().exposed());
      needles.bytes("backup seed", backup.seed().exposed());
      needles.bytes("user entropy", user.exposedEntropy());
      needles.bytes("user seed", userWords.seed().exposed());
      keys(needles, "backup", backup.seed().exposed());
      keys(needles, "user", userWords.seed().exposed());
      List<String> words = new ArrayList<>();
      for (int position = 1; position <= userWords.count(); position++) {
        words.add(userWords.word(position));
      }
      needles.text("user words", String.join(" ", words));
    }
    return needles;
  }

  /**
   * Master, account and first address's private keys, as bytes and as other software writes them.
   */
  private static void keys(Needles needles, String whose, byte[] seed) {
    DeterministicKey key = HDKeyDerivation.createMasterPrivateKey(seed);
    for (String step : List.of("", "48H", "1H", "0H", "2H", "0", "0")) {
      if (!step.isEmpty()) {
        boolean hardened = step.endsWith("H");
        int number = Integer.parseInt(step.replace("H", ""));
        key = HDKeyDerivation.deriveChildKey(key, new ChildNumber(number, hardened));
      }
      String name = whose + " key " + key.getPathAsString();
      needles.bytes(name, key.getPrivKeyBytes());
      needles.text(name + " (xprv)", key.serializePrivB58(REGTEST));
      needles.text(name + " (WIF)", key.getPrivateKeyEncoded(REGTEST).toString());
    }
  }

  /**
   * Opens the user key as its owner could: from the sealed form that the server gives, with the
   * passcode.
   */
  private static UserSeed openedFromTheWire(Person person, ManInTheMiddle middle) {
    StringBuilder traffic = new StringBuilder();
    for (byte[] message : middle.seen()) {
      traffic.append(new String(message, StandardCharsets.UTF_8)).append('\n');
    }
    Cosigners cosigners =
        Descriptors.parse(
            field(traffic, "descriptor"),
            Network.REGTEST,
            List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER));
    String walletId = person.wallet().replace("/wallets/", "");
    byte[] endorsement = Base64.getDecoder().decode(field(traffic, "endorsement"));
    try (Passcode passcode = Passcode.typed(person.passcode().toCharArray());
        Opening opening =
            Opening.begin(
                SealedUserKey.parse(field(traffic, "sealed")),
                passcode,
                EnvelopeBinding.of(cosigners, walletId, endorsement))) {
      while (opening.step()) {
        Thread.onSpinWait();
      }
      return opening.finish();
    }
  }

  private static String field(StringBuilder traffic, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(traffic);
    if (!found.find()) {
      throw new AssertionError("The traffic shows no " + name);
    }
    return found.group(1);
  }
}
