package org.trefoil.custody.birth;

import java.util.List;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.sign.Endorser;

/** A birth with all keys known: user, backup or owners, server. */
public final class Keyed implements AutoCloseable {
  private final BirthTerms terms;
  private final Entropy entropy;
  private final BirthSecrets secrets;
  private final Cosigners cosigners;
  private final boolean cold;

  Keyed(
      BirthTerms terms,
      Entropy entropy,
      BirthSecrets secrets,
      int threshold,
      List<CosignerKey> keys,
      boolean cold) {
    this.terms = terms;
    this.entropy = entropy;
    this.secrets = secrets;
    this.cold = cold;
    this.cosigners = new Cosigners(terms.network(), ScriptType.P2WSH, threshold, keys);
  }

  /** The key set: user, backup or owners, server. */
  public Cosigners cosigners() {
    return cosigners;
  }

  /** Has the user key sign for the key set. */
  public Endorsed endorse() {
    byte[] endorsement = Endorser.endorse(secrets.user(), cosigners, terms.walletId());
    return new Endorsed(entropy, secrets, cosigners, terms.walletId(), cold, endorsement);
  }

  @Override
  public void close() {
    secrets.close();
  }

  @Override
  public String toString() {
    return "Keyed[redacted]";
  }
}
