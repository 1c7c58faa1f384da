package org.trefoil.core.proposal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.keys.Scripts;

/**
 * The scripts of a wallet's addresses, each derived once. One of these serves a whole send, so that
 * what builds a proposal and what checks it do not derive the same keys again; it is made from the
 * key set alone and takes nobody's word. Not for several threads at a time.
 */
public final class OwnScripts {
  private final Cosigners cosigners;
  private final PublicCurve curve;
  private final Map<Long, OwnScript> known = new HashMap<>();

  public OwnScripts(Cosigners cosigners) {
    this(cosigners, PublicCurve.EVERYWHERE);
  }

  /** With somebody else's arithmetic. */
  public OwnScripts(Cosigners cosigners, PublicCurve curve) {
    this.cosigners = cosigners;
    this.curve = curve;
  }

  public Cosigners cosigners() {
    return cosigners;
  }

  /** The scriptPubKey of an address of the wallet, a copy. */
  public byte[] scriptPubKey(int branch, int index) {
    return at(branch, index).scriptPubKey().clone();
  }

  /** A scriptPubKey of the wallet's form, of nobody's keys: to count with. */
  byte[] anyScript() {
    return Scripts.scriptPubKey(cosigners.scriptType(), new byte[0]);
  }

  /** Whether a scriptPubKey is one of the first addresses of either branch. */
  public boolean contains(byte[] script, int receiveCount, int changeCount) {
    return find(script, Cosigners.RECEIVE, receiveCount)
        || find(script, Cosigners.CHANGE, changeCount);
  }

  /** Whether a scriptPubKey is {@link #changeNear}. */
  boolean isChangeNear(byte[] script, int next) {
    return changeNear(script, next) != null;
  }

  /**
   * The change address that a scriptPubKey is, so near to {@code next}, on either side, that it
   * would be found again; null where it is none. The nearest are looked at first: it mostly is
   * {@code next} itself, and each of the others costs a point of every key.
   */
  @Nullable OwnScript changeNear(byte[] script, int next) {
    for (int distance = 0; distance <= Cosigners.GAP; distance++) {
      if (isChange(script, next - distance)) {
        return at(Cosigners.CHANGE, next - distance);
      }
      if (isChange(script, next + distance)) {
        return at(Cosigners.CHANGE, next + distance);
      }
    }
    return null;
  }

  private boolean isChange(byte[] script, int index) {
    return index >= 0
        && index <= Cosigners.MOST_INDEX
        && Arrays.equals(script, at(Cosigners.CHANGE, index).scriptPubKey());
  }

  OwnScript at(int branch, int index) {
    Long place = (long) branch << 32 | index;
    OwnScript script = known.get(place);
    if (script == null) {
      script = new OwnScript(cosigners, branch, index, curve);
      known.put(place, script);
    }
    return script;
  }

  private boolean find(byte[] script, int branch, int count) {
    for (int index = 0; index < count; index++) {
      if (Arrays.equals(script, at(branch, index).scriptPubKey())) {
        return true;
      }
    }
    return false;
  }
}
