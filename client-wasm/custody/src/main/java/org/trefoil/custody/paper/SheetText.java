package org.trefoil.custody.paper;

import java.util.List;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.units.Network;

/**
 * The sentences of the sheets that depend on the wallet. Each must be true without Trefoil: they
 * are read on the day it is gone.
 */
final class SheetText {

  /** A numbered step: what it is about, and what to do. */
  record Step(String lead, String text) {}

  private final WalletFacts wallet;
  private final BackupForm form;

  SheetText(WalletFacts wallet, BackupForm form) {
    this.wallet = wallet;
    this.form = form;
  }

  /** The black bar above everything that is not real money; empty for real money. */
  String practice() {
    return practice(wallet.network());
  }

  static String practice(Network network) {
    return switch (network) {
      case MAINNET -> "";
      case REGTEST -> "PRACTICE \u2013 no real money";
      case TESTNET, SIGNET -> "TEST NETWORK \u2013 no real money";
    };
  }

  /** Says what a question mark in the name stands for, when there is one. */
  String nameLabel() {
    return nameHasGaps() ? "Wallet (? cannot be printed here)" : "Wallet";
  }

  /** What the third line to write on is for. */
  String thirdLine() {
    return nameHasGaps() ? "Wallet\u2019s name" : "Who else knows";
  }

  private boolean nameHasGaps() {
    return !WinAnsi.printable(wallet.name()).equals(wallet.name());
  }

  String network() {
    return network(wallet.network());
  }

  /** How sheets name a network. */
  static String network(Network network) {
    return network == Network.MAINNET ? "Bitcoin (mainnet)" : network.id();
  }

  String scriptType() {
    return switch (wallet.scriptType()) {
      case P2WSH -> "Native Segwit (P2WSH)";
      case P2SH_P2WSH -> "Nested Segwit (P2SH-P2WSH)";
      case P2SH -> "Legacy (P2SH)";
    };
  }

  /** "2 of 3". */
  String quorum() {
    return wallet.threshold() + " of " + wallet.keys().size();
  }

  String title(KeyFacts key) {
    return switch (key.role()) {
      case USER -> "User key";
      case BACKUP -> "Backup key";
      case OWNER_1, OWNER_2, OWNER_3, OWNER_4, OWNER_5 -> key.role().ownerName();
      case SERVER -> "Server key";
    };
  }

  String keptWhere(KeyFacts key) {
    return switch (key.role()) {
      case USER -> "sealed on sheet B; your passcode opens it";
      case BACKUP ->
          switch (form.kind()) {
            case COLD -> "on your own device";
            case WORDS -> "the 24 words on sheet A";
            case SHARES -> form.anySheets();
            case PAPER -> "on sheet A, or on enough of sheets A1, A2 and so on";
          };
      case OWNER_1, OWNER_2, OWNER_3, OWNER_4, OWNER_5 ->
          key.owner().isEmpty()
              ? "on this owner\u2019s own device"
              : WinAnsi.printable(key.owner()) + "; on a device of their own";
      case SERVER ->
          needsServer()
              ? "stays on Trefoil\u2019s server; every spend needs it"
              : "stays on Trefoil\u2019s server; not needed when Trefoil is gone";
    };
  }

  /** What stands before the line to write on: the name, unless it cannot be printed here. */
  static String owner(KeyFacts key) {
    String name = WinAnsi.printable(key.owner());
    boolean whole = !name.isEmpty() && name.equals(key.owner());
    return whole
        ? key.role().ownerName() + ": " + name + " (" + key.fingerprint() + "), reached by"
        : key.role().ownerName() + " (" + key.fingerprint() + ") is";
  }

  String alone(boolean sheetA) {
    if (sheetA && form.isSplit()) {
      return "It cannot spend: fewer than "
          + form.threshold()
          + " shares say nothing about the key. But it shows every address and the balance. Show it"
          + " to nobody and never photograph it.";
    }
    if (sheetA && isOfSeveral()) {
      return "It holds no secret and cannot spend: the owners\u2019 keys are on their devices. It"
          + " shows every address and the balance, so keep it private.";
    }
    if (sheetA && form.isCold()) {
      return "It holds no secret and cannot spend: the backup key is on your device. It shows every"
          + " address and the balance, so keep it private.";
    }
    if (sheetA) {
      return "It cannot spend: it holds one key, and "
          + quorum()
          + " must sign. But whoever reads the words holds that key, and sees every address and the"
          + " balance. Show them to nobody and never photograph them.";
    }
    return "It cannot spend. Without the passcode it opens nothing; with it, one key, and "
        + quorum()
        + " must sign. It shows every address and the balance. The passcode is on no paper and at"
        + " no server: if it is forgotten, nobody can open this key.";
  }

  /** Whether owners brought keys, or there is the server's alone. */
  boolean isOfSeveral() {
    for (KeyFacts key : wallet.keys()) {
      if (key.role() == KeyRole.BACKUP) {
        return false;
      }
    }
    return true;
  }

  private boolean needsServer() {
    return wallet.threshold() == wallet.keys().size();
  }

  String together() {
    if (needsServer()) {
      return "All "
          + wallet.keys().size()
          + " keys must sign. One of them stays on Trefoil\u2019s server: without it nothing can be"
          + " spent.";
    }
    return "Sheet B, the passcode and "
        + backupPlace()
        + " spend everything, with or without Trefoil."
        + switch (form.kind()) {
          case COLD -> "";
          case WORDS -> " That is why the two sheets belong in two places.";
          case SHARES, PAPER -> " That is why each sheet belongs in another place.";
        };
  }

  private String backupPlace() {
    if (isOfSeveral()) {
      int needed = wallet.threshold() - 1;
      return needed == 1 ? "one owner\u2019s key" : needed + " of the owners\u2019 keys";
    }
    return switch (form.kind()) {
      case COLD -> "the device with your backup key";
      case WORDS -> "sheet A";
      case SHARES -> form.anySheets();
      case PAPER -> "sheet A (or enough of sheets A1, A2 and so on)";
    };
  }

  /** How shares become words again; a wallet's own import would take them for a seed. */
  static String join() {
    return join("\u201Cshares\u201D behind the command of step 2");
  }

  /** The same where the program is named otherwise. */
  static String join(String program) {
    return "Join them with "
        + program
        + ", or \u201Cshamir recover\u201D (its digits are the 24 words\u2019 entropy). A wallet\u2019s own share import shows another key.";
  }

  /** What to do when Trefoil is gone, with software of others. */
  List<Step> recovery() {
    String path = path(KeyRole.USER);
    String words = "24 words as a BIP39 seed, no passphrase, path " + path;
    return List.of(
        needsServer()
            ? new Step(
                "Not without it:",
                "all "
                    + wallet.keys().size()
                    + " keys must sign, and one is on Trefoil\u2019s server. If it is gone, nobody can"
                    + " spend. What follows shows the balance.")
            : new Step(
                "Bring together",
                backupPlace()
                    + ", sheet B and the passcode. Any "
                    + quorum()
                    + " keys sign; the server\u2019s is not needed."),
        new Step(
            "recovery.html",
            "from any Trefoil server or its open source, checked by the sum above, spends offline."
                + " For other wallets java -jar trefoil-recover.jar opens the user key: 24 words."),
        new Step(
            "Sparrow:",
            "new wallet, Multi Signature "
                + quorum()
                + ", "
                + scriptType()
                + ". "
                + (isOfSeveral()
                    ? "User key: " + words + ". Owners\u2019 keys: their devices."
                    : form.isCold()
                        ? "User key: " + words + ". Backup key: your device."
                        : "Backup and user key: " + words + ".")
                + " Server key: xPub / Watch Only with the fingerprint, path and xpub above."),
        new Step("Electrum:", electrum()),
        new Step(
            "Bitcoin Core",
            "(29 or newer) watches: importdescriptors with the descriptor above, timestamp at the"
                + " day it was made. Wallets of step 3 or 4 sign its PSBTs."),
        new Step(
            "Compare first:",
            "the first address must be the one above. Then send everything to a new wallet: keys"
                + " that were typed in have left the paper."));
  }

  private String path(KeyRole role) {
    for (KeyFacts key : wallet.keys()) {
      if (key.role() == role) {
        return key.path();
      }
    }
    throw new IllegalArgumentException("a wallet of ours has a key for each role");
  }

  private String electrum() {
    String server = wallet.scriptType() == ScriptType.P2SH ? "xpub" : "Electrum form";
    return "Multi-signature wallet "
        + quorum()
        + ". \u201CI already have a seed\u201D, Options, BIP39: "
        + (isOfSeveral()
            ? "the user key\u2019s words; the owners\u2019 keys as cosigners"
            : form.isCold()
                ? "the user key\u2019s words; your device as cosigner"
                : "the words of both keys")
        + "; "
        + switch (wallet.scriptType()) {
          case P2WSH -> "native segwit multisig (p2wsh)";
          case P2SH_P2WSH -> "p2sh-segwit multisig (p2wsh-p2sh)";
          case P2SH -> "legacy multisig (p2sh)";
        }
        + ", same path. Server key: its "
        + server
        + " above.";
  }
}
