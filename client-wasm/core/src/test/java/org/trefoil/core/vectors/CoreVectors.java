package org.trefoil.core.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.trefoil.core.RefusedException;
import org.trefoil.core.Token;
import org.trefoil.core.address.Address;
import org.trefoil.core.address.SegwitVectors;
import org.trefoil.core.descriptor.Descriptors;
import org.trefoil.core.export.ExportVectors;
import org.trefoil.core.keys.KeyOrigin;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.PrivateKeyText;
import org.trefoil.core.keys.Scripts;
import org.trefoil.core.keys.Xpub;
import org.trefoil.core.psbt.Bip143Vectors;
import org.trefoil.core.psbt.Bip174Vectors;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Network;
import org.trefoil.core.units.Splitter;
import org.trefoil.core.ur.UrVectors;
import org.trefoil.core.uri.PaymentUri;

/** The vectors of the standards that core implements. */
public final class CoreVectors {
  /** The address in BIP-0021's examples, whose checksum is wrong, and one to put in its place. */
  private static final String BIP21_ADDRESS = "175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W";

  private static final String BIP173_ADDRESS = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

  private final Function<String, String> files;

  /** {@code files} gives the text of a file below {@code vectors/}. */
  public CoreVectors(Function<String, String> files) {
    this.files = files;
  }

  public List<Outcome> run() {
    return List.of(
        bip32(),
        bip67(),
        Bip143Vectors.run(files.apply("bip-0143/witness-signatures.tsv")),
        segwitAddresses(),
        Bip174Vectors.run(files.apply("bip-0174/vectors.tsv")),
        bip380(),
        sortedmulti(),
        keySetWords(),
        paymentUris(),
        ExportVectors.bip129(files),
        ExportVectors.bip388(files),
        UrVectors.run(files));
  }

  Outcome bip32() {
    Outcome outcome = new Outcome("BIP-0032");
    String previousPath = "";
    Xpub previous = null;
    for (String[] line : Outcome.lines(files.apply("bip-0032/chains.txt"), 4)) {
      KeyPath path = KeyPath.parse(line[1]);
      Xpub xpub = Xpub.parse(line[2], Network.MAINNET);
      outcome.same(line[1] + " printed", line[2], xpub.base58());
      outcome.same(line[1] + " path", line[1], path.toString());
      outcome.same(line[1] + " depth", path.steps().size(), xpub.depth());
      outcome.refused(line[1] + " private", () -> Xpub.parse(line[3], Network.MAINNET));
      int last = path.steps().isEmpty() ? -1 : path.steps().get(path.steps().size() - 1);
      if (last >= 0 && previous != null && line[1].equals(previousPath + "/" + last)) {
        outcome.same(line[1] + " derived", xpub, previous.child(last));
      }
      previous = xpub;
      previousPath = line[1];
    }
    for (String[] line : Outcome.lines(files.apply("bip-0032/invalid.txt"), 2)) {
      outcome.refused(line[1], () -> Xpub.parse(line[0], Network.MAINNET));
    }
    return outcome;
  }

  Outcome bip67() {
    Outcome outcome = new Outcome("BIP-0067");
    for (String[] line : Outcome.lines(files.apply("bip-0067/sorted.txt"), 3)) {
      List<byte[]> keys = new ArrayList<>();
      for (String key : Splitter.split(line[0], ",")) {
        keys.add(Hex.parse(key));
      }
      byte[] script = Scripts.sortedMultisig(2, keys.toArray(new byte[0][]));
      outcome.same(line[2] + " script", line[1], Hex.of(script));
      Address address = Address.ofScript(Network.MAINNET, Scripts.scriptHash(script));
      outcome.same(line[2] + " address", line[2], address.text());
    }
    return outcome;
  }

  Outcome segwitAddresses() {
    Outcome outcome = new Outcome("BIP-0173/0350");
    for (String[] line : Outcome.lines(files.apply("bip-0173/valid-addresses.txt"), 2)) {
      outcome.each(
          line[0],
          () -> {
            outcome.same(line[0], line[1], Hex.of(SegwitVectors.scriptOf(line[0])));
            String hrp = line[0].substring(0, 2).toLowerCase(Locale.ROOT);
            String again = SegwitVectors.textOf(hrp, Hex.parse(line[1]));
            outcome.same(line[0] + " again", line[0].toLowerCase(Locale.ROOT), again);
          });
    }
    for (String[] line : Outcome.lines(files.apply("bip-0173/invalid-addresses.txt"), 2)) {
      outcome.refused(line[0] + " " + line[1], () -> Address.parse(line[0], Network.MAINNET));
      outcome.refused(line[0] + " " + line[1], () -> Address.parse(line[0], Network.TESTNET));
    }
    return outcome;
  }

  Outcome bip380() {
    Outcome outcome = new Outcome("BIP-0380");
    for (String[] line : Outcome.lines(files.apply("bip-0380/checksums.txt"), 2)) {
      int hash = line[1].lastIndexOf('#');
      boolean valid =
          hash > 0
              && Descriptors.checksum(line[1].substring(0, hash))
                  .equals(line[1].substring(hash + 1));
      outcome.same(line[1], line[0].equals("valid"), valid);
    }
    outcome.refused("raw(\u00dc)", () -> Descriptors.checksum("raw(\u00dc)"));
    for (String[] line : Outcome.lines(files.apply("bip-0380/origins.txt"), 2)) {
      if (line[0].equals("valid")) {
        String printed = KeyOrigin.parse(line[1]).toString();
        outcome.same(line[1], line[1].replace('h', '\''), printed);
      } else {
        outcome.refused(line[1], () -> KeyOrigin.parse(line[1]));
      }
    }
    for (String[] line : Outcome.lines(files.apply("bip-0380/private.txt"), 1)) {
      outcome.same(line[0], true, PrivateKeyText.looksLikeOne(line[0]));
    }
    return outcome;
  }

  Outcome sortedmulti() {
    Outcome outcome = new Outcome("BIP-0381/0382/0383/0389");
    for (String[] line : Outcome.lines(files.apply("bip-0383/sortedmulti.txt"), 0)) {
      List<String> keys = Splitter.split(line[1], ",");
      for (int index = 0; index < 3; index++) {
        byte[][] children = new byte[keys.size()][];
        for (int i = 0; i < keys.size(); i++) {
          List<String> steps = Splitter.split(keys.get(i), "/");
          Xpub xpub = Xpub.parse(steps.get(0), Network.MAINNET);
          for (String step : steps.subList(1, steps.size())) {
            xpub = xpub.child(step.equals("*") ? index : Integer.parseInt(step));
          }
          children[i] = xpub.publicKey();
        }
        byte[] script = Scripts.sortedMultisig(Integer.parseInt(line[0]), children);
        outcome.same("index " + index, line[2 + index], Hex.of(script));
      }
    }
    for (String[] line : Outcome.lines(files.apply("bip-0383/refused.txt"), 1)) {
      String text = line[0] + "#" + Descriptors.checksum(line[0]);
      outcome.refused(
          text,
          () -> Descriptors.parse(text, Network.MAINNET, List.of(KeyRole.USER, KeyRole.BACKUP)));
    }
    return outcome;
  }

  Outcome keySetWords() {
    Outcome outcome = new Outcome("Key set words");
    List<KeyRole> roles = List.of(KeyRole.USER, KeyRole.BACKUP, KeyRole.SERVER);
    for (String[] line : Outcome.lines(files.apply("key-set-words/words.txt"), 2)) {
      List<String> words = Descriptors.parse(line[0], Network.TESTNET, roles).words();
      outcome.same(line[0], line[1], String.join(" ", words));
    }
    return outcome;
  }

  Outcome paymentUris() {
    Outcome outcome = new Outcome("BIP-0321/0021");
    for (String[] line : Outcome.lines(files.apply("bip-0321/uris.txt"), 5)) {
      String written = line[1];
      if (written.contains(BIP21_ADDRESS)) {
        outcome.refused(written, () -> PaymentUri.parse(written, Network.MAINNET));
      }
      String text = written.replace(BIP21_ADDRESS, BIP173_ADDRESS);
      if (!line[0].equals("valid")) {
        outcome.same(text, line[0], reasonAgainst(text));
        continue;
      }
      PaymentUri uri = PaymentUri.parse(text, Network.MAINNET);
      String amount = uri.amount() == null ? "-" : Long.toString(uri.amount().value());
      String label = uri.label() == null ? "-" : uri.label();
      String message = uri.message() == null ? "-" : uri.message();
      outcome.same(text, line[2] + line[3] + line[4], amount + label + message);
      outcome.same(text + " again", uri, PaymentUri.parse(uri.print(), Network.MAINNET));
    }
    return outcome;
  }

  private static String reasonAgainst(String uri) {
    try {
      PaymentUri.parse(uri, Network.MAINNET);
      return "taken";
    } catch (RefusedException e) {
      if (e.refusal().is(Token.URI_NO_ADDRESS)) {
        return "elsewhere";
      }
      boolean forms =
          e.refusal().is(Token.URI_UNKNOWN_REQUIREMENT)
              || e.refusal().is(Token.URI_REPEATED)
              || e.refusal().is(Token.ADDRESS_OTHER_NETWORK);
      return forms ? "invalid" : e.refusal().token();
    }
  }
}
