package org.trefoil.vault.recovery;

import org.trefoil.core.keys.Cosigners;
import org.trefoil.custody.recover.OwnPlaces;
import org.trefoil.custody.recover.Papers;

/**
 * The wallet that is recovered.
 *
 * @param places its scripts, derived as far as they were asked for
 */
record Wallet(OwnPlaces places, Papers papers) {
  Wallet(Cosigners cosigners, Papers papers) {
    this(new OwnPlaces(cosigners), papers);
  }

  Cosigners cosigners() {
    return places.cosigners();
  }
}
