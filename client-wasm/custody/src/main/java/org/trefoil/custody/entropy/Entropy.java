package org.trefoil.custody.entropy;

import org.trefoil.custody.secret.SecretBytes;

/**
 * A source of random bytes. It has no fallback: it gives {@code n} fresh bytes or throws {@link
 * EntropyMissing}.
 *
 * <p>Everything this module makes is a pure function of its arguments and the bytes read here, so
 * equal sources give equal wallets on the JVM and in WebAssembly.
 */
@FunctionalInterface
public interface Entropy {
  /** Exactly {@code n} fresh bytes, the caller's to wipe. */
  byte[] bytes(int n);

  /** {@code n} fresh bytes in a holder that wipes. */
  default SecretBytes secret(int n) {
    return SecretBytes.takingOver(bytes(n));
  }

  /** The same source behind health checks that stop a broken generator from making keys. */
  static Entropy checked(Entropy source) {
    return source instanceof CheckedEntropy ? source : new CheckedEntropy(source);
  }

  /**
   * {@code source} with the person's own bytes (dice, key strokes) stirred in.
   *
   * <p>Guarantee: never weaker than the source alone, whatever {@code extra} is; with a good {@code
   * extra}, good even if the source is known to someone.
   */
  static Entropy mixed(Entropy source, byte[] extra) {
    return new MixedEntropy(checked(source), extra);
  }
}
