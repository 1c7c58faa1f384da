package org.trefoil.custody.paper;

/** Where the keys and salts of an encrypted PDF come from; fails rather than falls back. */
@FunctionalInterface
public interface RandomBytes {

  /** Returns {@code count} fresh random bytes. */
  byte[] bytes(int count);
}
