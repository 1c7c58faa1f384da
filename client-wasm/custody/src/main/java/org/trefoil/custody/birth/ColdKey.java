package org.trefoil.custody.birth;

import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;

/** Reads keys that were made elsewhere: the server's, or a person's own cold one. */
public final class ColdKey {
  private static final int ACCOUNT_STEP = 2;

  /** What may follow the key in a descriptor: both branches, in the spelling of two standards. */
  private static final List<String> BRANCHES = List.of("/<0;1>/*", "/**");

  private ColdKey() {}

  /**
   * Reads {@code [fingerprint/48'/coin'/account'/2']xpub}, alone or as a descriptor holds it, with
   * {@code /<0;1>/*} behind. Beyond the refusals of {@link CosignerKey#parse}: {@code
   * cold-key-kind} for a key whose SLIP-0132 prefix names another kind of script, and {@code
   * cold-key-path} for a key of another place in the tree, since a signing device finds its key
   * again by this path only.
   *
   * <p>{@code Zpub}, {@code Vpub} (native SegWit multisig) and plain {@code xpub}, {@code tpub},
   * which say nothing about scripts, are taken and become the latter. {@code ypub}, {@code zpub}
   * and their like are what a device exports for accounts of a single key or of nested SegWit: such
   * a key may be the right one under a wrong name, but the device would not find this wallet under
   * it, so its owner is asked for the right export.
   */
  public static CosignerKey parse(KeyRole role, String expression, Network network) {
    String text = withoutBranches(expression.trim());
    CosignerKey key = CosignerKey.parse(role, text, network);
    refuseOtherKind(text, network);
    List<Integer> steps = key.origin().path().steps();
    KeyPath expected = KeyPath.account(network.coinType());
    boolean fits = steps.size() == expected.steps().size();
    for (int i = 0; fits && i < steps.size(); i++) {
      fits =
          i == ACCOUNT_STEP
              ? (steps.get(i) & KeyPath.HARDENED) != 0
              : steps.get(i).equals(expected.steps().get(i));
    }
    if (!fits) {
      throw Refusal.of(
              Token.COLD_KEY_PATH,
              "path",
              key.origin().path().toString(),
              "expected",
              expected.toString())
          .exception();
    }
    return key;
  }

  private static String withoutBranches(String text) {
    for (String branches : BRANCHES) {
      if (text.endsWith(branches)) {
        return text.substring(0, text.length() - branches.length());
      }
    }
    return text;
  }

  /** The version bytes were read already, so the first letter tells them apart. */
  private static void refuseOtherKind(String text, Network network) {
    String prefix = text.substring(text.indexOf(']') + 1).substring(0, 4);
    boolean main = network == Network.MAINNET;
    String expected = main ? "Zpub" : "Vpub";
    String plain = main ? "xpub" : "tpub";
    if (!prefix.equals(expected) && !prefix.equals(plain)) {
      throw Refusal.of(Token.COLD_KEY_KIND, "prefix", prefix, "expected", expected, "plain", plain)
          .exception();
    }
  }

  /** Refuses {@code key-repeated} for two keys of one master or one point. */
  public static void refuseSame(CosignerKey a, CosignerKey b) {
    boolean sameMaster = a.origin().fingerprint() == b.origin().fingerprint();
    boolean samePoint = java.util.Arrays.equals(a.xpub().publicKey(), b.xpub().publicKey());
    if (sameMaster || samePoint) {
      throw Refusal.of(Token.KEY_REPEATED).exception();
    }
  }
}
