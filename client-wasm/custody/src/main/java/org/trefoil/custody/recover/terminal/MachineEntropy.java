package org.trefoil.custody.recover.terminal;

import java.security.SecureRandom;
import org.trefoil.custody.entropy.Entropy;

/** The generator of the machine that the program runs on; the one place in custody that asks it. */
final class MachineEntropy implements Entropy {
  private final SecureRandom random = new SecureRandom();

  @Override
  public byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    random.nextBytes(bytes);
    return bytes;
  }
}
