package org.trefoil.server.policy;

import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.units.Utf8;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;

/**
 * Seals, under the key file, over which transaction the second factor was given for. Guarantee:
 * whoever writes into the database alone cannot say of a send that it was confirmed, and not that
 * it has waited longer than it has. Limit: a seal says nothing of what is not in it, such as the
 * rules of now, which are asked again.
 */
public final class Seals {
  private final Pepper pepper;

  public Seals(KeyFile keyFile) {
    this.pepper = new Pepper(keyFile, "send-confirmed");
  }

  /** Over a send that may be signed now, and under which rules it was approved. */
  public byte[] approved(String walletId, String sendId, byte[] digest, RulesAt rules) {
    String under = rules.step() == 0 ? "" : " " + rules.version() + " " + rules.step();
    return seal("approved" + under, walletId, sendId, digest);
  }

  /**
   * Over a send that waits by a rule since this account gave its factor, in a browser that was
   * known since then.
   */
  public byte[] held(
      String walletId, String sendId, byte[] digest, Instant since, Instant known, String by) {
    String state = "held " + since.getEpochSecond() + " " + known.getEpochSecond() + " " + by;
    return seal(state, walletId, sendId, digest);
  }

  /** Over what a member says of a send that waits. */
  public byte[] vote(String walletId, String sendId, byte[] digest, String accountId, boolean yes) {
    return seal((yes ? "yes " : "no ") + accountId, walletId, sendId, digest);
  }

  /** Whether a seal is the one that it should be. */
  public static boolean fits(byte @Nullable [] kept, byte[] seal) {
    return kept != null && MessageDigest.isEqual(kept, seal);
  }

  private byte[] seal(String state, String walletId, String sendId, byte[] digest) {
    return pepper.of(Utf8.of(state), Utf8.of(walletId), Utf8.of(sendId), digest);
  }
}
