package org.trefoil.core.proposal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.keys.Scripts;
import org.trefoil.core.psbt.KeyDerivation;

/** Keys and scripts of one address of the wallet, derived from the key set and nothing else. */
final class OwnScript {
  private final Cosigners cosigners;
  private final int branch;
  private final int index;
  private final byte[][] publicKeys;
  private final byte[] multisig;
  private final byte[] scriptPubKey;

  OwnScript(Cosigners cosigners, int branch, int index, PublicCurve curve) {
    this.cosigners = cosigners;
    this.branch = branch;
    this.index = index;
    publicKeys = curve.childPublicKeys(cosigners, branch, index);
    multisig = Scripts.sortedMultisig(cosigners.threshold(), publicKeys);
    scriptPubKey = Scripts.scriptPubKey(cosigners.scriptType(), multisig);
  }

  int index() {
    return index;
  }

  /** The m-of-n script that signatures are for. */
  byte[] multisig() {
    return multisig;
  }

  byte[] scriptPubKey() {
    return scriptPubKey;
  }

  byte @Nullable [] redeemScript() {
    return switch (cosigners.scriptType()) {
      case P2WSH -> null;
      case P2SH_P2WSH -> Scripts.witness(multisig);
      case P2SH -> multisig;
    };
  }

  byte @Nullable [] witnessScript() {
    return cosigners.scriptType() == ScriptType.P2SH ? null : multisig;
  }

  /** The key that a role signs with. */
  byte[] publicKey(KeyRole role) {
    for (int i = 0; i < publicKeys.length; i++) {
      if (cosigners.keys().get(i).role() == role) {
        return publicKeys[i];
      }
    }
    throw new IllegalArgumentException("no key of that role");
  }

  /** Where each key comes from, in the key set's order. */
  List<KeyDerivation> derivations() {
    List<KeyDerivation> all = new ArrayList<>(publicKeys.length);
    for (int i = 0; i < publicKeys.length; i++) {
      CosignerKey key = cosigners.keys().get(i);
      List<Integer> path = key.origin().path().steps();
      int[] steps = new int[path.size() + 2];
      for (int step = 0; step < path.size(); step++) {
        steps[step] = path.get(step);
      }
      steps[path.size()] = branch;
      steps[path.size() + 1] = index;
      all.add(KeyDerivation.of(publicKeys[i], key.origin().fingerprint(), steps));
    }
    return all;
  }

  /** Whether claims about this address are all true; none at all is true as well. */
  boolean agrees(byte @Nullable [] redeem, byte @Nullable [] witness, List<KeyDerivation> claimed) {
    if ((redeem != null && !Arrays.equals(redeem, redeemScript()))
        || (witness != null && !Arrays.equals(witness, witnessScript()))) {
      return false;
    }
    if (claimed.isEmpty()) {
      return true;
    }
    List<KeyDerivation> own = derivations();
    for (KeyDerivation claim : claimed) {
      if (!own.contains(claim)) {
        return false;
      }
    }
    return true;
  }
}
