package org.trefoil.custody.birth;

import java.util.List;
import org.trefoil.core.keys.CosignerKey;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.ScriptType;
import org.trefoil.custody.entropy.Entropy;
import org.trefoil.custody.sign.Endorser;

/** A birth with all three keys known: two of three spend. */
public final class Keyed implements AutoCloseable {
  private static final int THRESHOLD = 2;

  private final BirthTerms terms;
  private final Entropy entropy;
  private final BirthSecrets secrets;
  private final Cosigners cosigners;
  private final boolean cold;

  Keyed(
      BirthTerms terms,
      Entropy entropy,
      BirthSecrets secrets,
      CosignerKey user,
      CosignerKey backup,
      boolean cold) {
    this.terms = terms;
    this.entropy = entropy;
    this.secrets = secrets;
    this.cold = cold;
    this.cosigners =
        new Cosigners(
            terms.network(), ScriptType.P2WSH, THRESHOLD, List.of(user, backup, terms.serverKey()));
  }

  /** The key set: user, backup, server. */
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
