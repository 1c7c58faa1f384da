package org.trefoil.custody.sign;

import org.trefoil.core.keys.KeyRole;

/**
 * "The paper was checked", signed by a key of the wallet. Public.
 *
 * @param by whose account key signed
 * @param signature 64 bytes, {@code r ‖ s}, over {@code Statement.digest("paper-checked", …)}
 */
public record PaperStatement(KeyRole by, byte[] signature) {
  public PaperStatement {
    signature = signature.clone();
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }
}
