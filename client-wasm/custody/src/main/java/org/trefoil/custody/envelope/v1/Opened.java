package org.trefoil.custody.envelope.v1;

import org.trefoil.custody.keys.UserSeed;

/** What a passcode opened: the user seed, and the key that marks what is done with it. */
public final class Opened implements AutoCloseable {
  private final UserSeed seed;
  private final Marker marker;

  Opened(UserSeed seed, Marker marker) {
    this.seed = seed;
    this.marker = marker;
  }

  /** Wiped with this. */
  public UserSeed seed() {
    return seed;
  }

  /** Wiped with this. */
  public Marker marker() {
    return marker;
  }

  @Override
  public void close() {
    seed.close();
    marker.close();
  }

  @Override
  public String toString() {
    return "Opened[redacted]";
  }
}
