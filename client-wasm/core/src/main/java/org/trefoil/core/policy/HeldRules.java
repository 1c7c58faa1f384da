package org.trefoil.core.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.Token;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.keys.TaggedHash;
import org.trefoil.core.units.Hex;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.core.wire.Rules;
import org.trefoil.core.wire.RulesAndReceipt;

/**
 * A wallet's rules as whoever holds the server's key has them, by its own word for a question that
 * was asked just now. Guarantee: nobody without that key says so, nor repeats what it said before.
 * Limit: it is what is held, and not what was left out of it before this was asked.
 */
public final class HeldRules {
  /**
   * Receipts are signed by the key at {@code 2/0} below the server's account key, where no address
   * lies: what it signs spends nothing.
   */
  public static final int BRANCH = 2;

  /** The one number on that branch. */
  public static final int INDEX = 0;

  /** Bytes of the question's random number. */
  public static final int NONCE = 32;

  private static final String TAG = "trefoil/rule-receipt/1";

  private final PolicyChain chain;
  private final Set<Integer> cancelled;
  private final RuleReceipt receipt;

  private HeldRules(PolicyChain chain, RuleReceipt receipt) {
    this.chain = chain;
    this.cancelled = new HashSet<>(receipt.cancelled());
    this.receipt = receipt;
  }

  /**
   * The 32 bytes to sign: tagged hash of the digest of {@link Statement#RULES_HELD} for the wallet,
   * the nonce (32 bytes), and in ASCII time, version, head, {@code stopped} or {@code open}, when
   * that ends or {@code -}, and each cancelled version, with a blank between them.
   */
  public static byte[] digest(
      Cosigners cosigners, String walletId, byte[] nonce, RuleReceipt receipt) {
    if (nonce.length != NONCE) {
      throw Refusal.of(Token.WRONG_VALUE, "field", "nonce").exception();
    }
    List<String> said = new ArrayList<>();
    said.add(Long.toString(receipt.at()));
    said.add(Integer.toString(receipt.version()));
    said.add(receipt.head());
    said.add(receipt.stopped() ? "stopped" : "open");
    Long thaw = receipt.thawAt();
    said.add(thaw == null ? "-" : Long.toString(thaw));
    for (int version : receipt.cancelled()) {
      said.add(Integer.toString(version));
    }
    return TaggedHash.of(
        TAG,
        Statement.digest(Statement.RULES_HELD, cosigners, walletId),
        nonce,
        String.join(" ", said).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What a receipt shows together with the versions that came with it. Refuses {@code
   * policy-chain-broken} for versions that the user key did not sign or fewer than {@code seen},
   * {@code receipt-missing}, {@code receipt-wrong} unless the server's key signed it for this
   * wallet and nonce, {@code rules-kept-back} {shown} {held} when it holds others.
   *
   * @param nonce 32 bytes, as they were asked with
   * @param said null where nothing came
   * @param seen the newest version that is known to be signed; null for none
   */
  public static HeldRules check(
      Cosigners cosigners,
      String walletId,
      byte[] nonce,
      @Nullable RulesAndReceipt said,
      @Nullable Integer seen) {
    if (said == null) {
      throw Refusal.of(Token.RECEIPT_MISSING).exception();
    }
    PolicyChain chain = chain(cosigners, walletId, said.policy().documents());
    if (seen != null && chain.version() < seen) {
      throw PolicyChain.broken(chain.version() + 1);
    }
    RuleReceipt receipt = said.receipt();
    byte[] digest = digest(cosigners, walletId, nonce, receipt);
    byte[] signature = Base64.getDecoder().decode(receipt.signature());
    if (!Statement.verify(digest, cosigners, KeyRole.SERVER, BRANCH, INDEX, signature)) {
      throw Refusal.of(Token.RECEIPT_WRONG).exception();
    }
    if (receipt.version() != chain.version() || !receipt.head().equals(chain.head())) {
      throw keptBack(chain.version(), receipt.version());
    }
    return new HeldRules(chain, receipt);
  }

  /** Each version names the one before it, so the signature on the newest is on all of them. */
  private static PolicyChain chain(
      Cosigners cosigners, String walletId, List<PolicyDocument> documents) {
    int[] left = {documents.size()};
    return PolicyChain.verify(
        cosigners,
        walletId,
        documents,
        (digest, sig) -> --left[0] > 0 || Statement.verify(digest, cosigners, KeyRole.USER, sig));
  }

  private static RuntimeException keptBack(int shown, int held) {
    return Refusal.of(
            Token.RULES_KEPT_BACK, "shown", Integer.toString(shown), "held", Integer.toString(held))
        .exception();
  }

  /** Refuses {@code rules-kept-back} unless this version is the newest that is held. */
  public void expect(byte[] digest, int version) {
    if (!chain.head().equals(Hex.of(digest))) {
      throw keptBack(version, chain.version());
    }
  }

  /** The newest version; 0 without any. */
  public int version() {
    return chain.version();
  }

  /** The rules that hold there now. */
  public Rules rules() {
    return chain.rulesAt(receipt.at(), cancelled);
  }

  /** The looser version that waits there; null when none does. */
  public @Nullable PolicyDocument waiting() {
    return chain.waiting(receipt.at(), cancelled);
  }

  /** The rules of the version that waits, or of another one. */
  public Rules rules(int version) {
    return chain.rules(version);
  }

  /** The time there, epoch seconds. */
  public long at() {
    return receipt.at();
  }

  /** Whether the wallet is stopped there. */
  public boolean stopped() {
    return receipt.stopped();
  }

  /** When that ends, epoch seconds; null while nobody asked for it. */
  public @Nullable Long thawAt() {
    return receipt.thawAt();
  }
}
