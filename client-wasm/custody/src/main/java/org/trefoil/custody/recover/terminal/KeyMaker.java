package org.trefoil.custody.recover.terminal;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.SignedMessage;
import org.trefoil.core.units.Network;
import org.trefoil.custody.bip39.Mnemonic;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.entropy.ThrownEntropy;
import org.trefoil.custody.entropy.ThrownEntropy.Thrown;
import org.trefoil.custody.keys.AccountKey;
import org.trefoil.custody.keys.BackupSeed;
import org.trefoil.custody.sign.MessageSigner;

/**
 * A backup key for somebody without a signing device: made of dice or coins and the machine's own
 * entropy, kept on paper, brought to the vault as a cold key, and shown to be held by signing the
 * text that the vault asks for.
 */
final class KeyMaker {
  private final Conversation talk;
  private final Entropy machine;

  KeyMaker(Conversation talk, Entropy machine) {
    this.talk = talk;
    this.machine = machine;
  }

  /** Makes a key, has its words typed back from paper, and shows what to bring to the vault. */
  boolean make() {
    talk.say("Makes a backup key of your own. Use a computer that you trust, offline.");
    Network network = network();
    Thrown thrown = network == null ? null : thrown();
    if (network == null || thrown == null) {
      return false;
    }
    String faces = thrown == Thrown.DICE ? "figures 1 to 6" : "1 for heads, 0 for tails";
    Entropy mixed =
        talk.hidden(
            "At least " + thrown.least() + " throws, " + faces + " (not shown): ",
            typed -> ThrownEntropy.mixed(typed, thrown, machine));
    if (mixed == null) {
      return false;
    }
    try (BackupSeed seed = BackupSeed.fresh(mixed);
        AccountKey key = seed.account(network)) {
      if (!new MadeKey(talk, machine, network).kept(seed)) {
        return false;
      }
      talk.say("The paper is right. Clear the screen, and bring this to the vault as cold key:");
      talk.say(key.cosignerKey().expression());
      talk.say("It will ask for a text to be signed: \"sign\" behind this command does it.");
      return true;
    }
  }

  /** Signs a text with the key of 24 words, as the vault asks it of a cold key's holder. */
  boolean sign() {
    talk.say("Signs a text with a key on paper. Use a computer that you trust, offline.");
    Network network = network();
    if (network == null) {
      return false;
    }
    try (BackupSeed seed = held()) {
      if (seed == null) {
        return false;
      }
      try (AccountKey key = seed.account(network)) {
        talk.say("Key: " + key.cosignerKey().expression());
        String text = text();
        if (text == null) {
          return false;
        }
        talk.say("Signed by the key at " + key.cosignerKey().origin().path() + "/0/0:");
        talk.say(MessageSigner.sign(key, text));
        return true;
      }
    }
  }

  /** The key by its words, or by its shares; null at the end of the input. */
  private @Nullable BackupSeed held() {
    String form = talk.ask("Is it on paper as words, or as shares? (Enter: words) ");
    if (form == null) {
      return null;
    }
    return form.equals("shares")
        ? new Shares(talk).seed(List.of())
        : talk.hidden("24 words (not shown): ", KeyMaker::seed);
  }

  private static BackupSeed seed(char[] typed) {
    try (Mnemonic words = Mnemonic.parse(typed)) {
      return BackupSeed.ofWords(words);
    }
  }

  /** One line of plain ASCII, which every program signs alike; null at the end of the input. */
  private @Nullable String text() {
    while (true) {
      String text = talk.ask("Text to sign, exactly as the vault shows it: ");
      if (text == null || SignedMessage.isPlain(text)) {
        return text;
      }
      talk.say("Only plain letters, figures and signs, 1 to 252 of them.");
    }
  }

  private @Nullable Network network() {
    while (true) {
      String typed = talk.ask("Network of the wallet (mainnet, testnet, signet, regtest): ");
      if (typed == null) {
        return null;
      }
      try {
        return Network.of(typed);
      } catch (IllegalArgumentException e) {
        talk.say("Not a network: type mainnet, testnet, signet or regtest (practice).");
      }
    }
  }

  private @Nullable Thrown thrown() {
    while (true) {
      String typed = talk.ask("What do you throw: dice or coins? ");
      if (typed == null) {
        return null;
      }
      for (Thrown thrown : Thrown.values()) {
        if (thrown.name().equalsIgnoreCase(typed)) {
          return thrown;
        }
      }
    }
  }
}
