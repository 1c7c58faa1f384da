package org.trefoil.custody.birth;

import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.KeyPath;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.units.Network;

/** Reads keys that were made elsewhere: the server's, or a person's own cold one. */
final class ColdKey {
  private static final int ACCOUNT_STEP = 2;

  private ColdKey() {}

  /**
   * Reads {@code [fingerprint/48'/coin'/account'/2']xpub}. Beyond the refusals of {@link
   * CosignerKey#parse}: {@code cold-key-path} for a key of another place in the tree, since a
   * signing device finds its key again by this path only.
   */
  static CosignerKey parse(KeyRole role, String expression, Network network) {
    CosignerKey key = CosignerKey.parse(role, expression.trim(), network);
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

  /** Refuses {@code key-repeated} for two keys of one master or one point. */
  static void refuseSame(CosignerKey a, CosignerKey b) {
    boolean sameMaster = a.origin().fingerprint() == b.origin().fingerprint();
    boolean samePoint = java.util.Arrays.equals(a.xpub().publicKey(), b.xpub().publicKey());
    if (sameMaster || samePoint) {
      throw Refusal.of(Token.KEY_REPEATED).exception();
    }
  }
}
