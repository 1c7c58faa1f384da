package org.trefoil.custody.recover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.core.proposal.OwnScripts;
import org.trefoil.core.units.Hex;

/**
 * Where the wallet's scripts are, as far as they were derived. One for each wallet: it only grows,
 * up to 5,000 scripts on either branch, and a second search finds what the first one derived.
 */
public final class OwnPlaces {
  /** A place of the wallet: branch and index. */
  record Place(int branch, int index) {}

  private final Cosigners cosigners;
  private final OwnScripts scripts;
  private final Map<String, Place> places = new HashMap<>();
  private int derived;

  public OwnPlaces(Cosigners cosigners) {
    this.cosigners = cosigners;
    this.scripts = new OwnScripts(cosigners);
  }

  public Cosigners cosigners() {
    return cosigners;
  }

  OwnScripts scripts() {
    return scripts;
  }

  /** Where a scriptPubKey is, as far as is known. */
  @Nullable Place find(String scriptHex) {
    return places.get(scriptHex);
  }

  /** Whether a scriptPubKey is of the wallet's form and not known yet: most payments' are not. */
  boolean couldHold(byte[] script) {
    boolean form =
        cosigners.scriptType() == ScriptType.P2WSH
            ? script.length == 34 && script[0] == 0
            : script.length == 23 && script[0] == (byte) 0xa9;
    return form && find(Hex.of(script)) == null;
  }

  /** How many indexes of both branches were derived. */
  int derived() {
    return derived;
  }

  boolean isWhole() {
    return derived > Cosigners.MOST_INDEX;
  }

  /** Derives the next index on both branches; the scripts, receive first. */
  List<String> deriveNext() {
    List<String> next = new ArrayList<>(2);
    for (int branch = Cosigners.RECEIVE; branch <= Cosigners.CHANGE; branch++) {
      String script = Hex.of(cosigners.scriptPubKey(branch, derived));
      places.put(script, new Place(branch, derived));
      next.add(script);
    }
    derived++;
    return next;
  }
}
