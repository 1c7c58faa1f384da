package org.trefoil.server.rules;

import java.util.Optional;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.server.secondfactor.Verdict;

/**
 * What changes of a wallet's rules pass: the second factor in this process, or a signer beside it
 * that keeps the rules as well and checks them for itself. Each is called inside the transaction
 * that makes the change here, which must commit whatever the verdict.
 */
public interface RuleGate {
  /**
   * A new version, checked and signed by the user key.
   *
   * @param digest what the code is used up for
   */
  Verdict sign(
      String walletId, String accountId, PolicyDocument document, String code, byte[] digest);

  /** A version that waited is cancelled, for good. */
  void cancel(String walletId, int version);

  /** The wallet is stopped, or stays so although it was to go on. */
  void stop(String walletId);

  /** A stopped wallet is to go on after its delay; the same again is no other delay. */
  Verdict thaw(String walletId, String accountId, String code);

  /**
   * The version that comes after one where the keys are; empty where there is none, or where that
   * is this process.
   */
  Optional<PolicyDocument> after(String walletId, int version);

  /**
   * What whoever holds the keys holds of a wallet's rules, signed by the wallet's server key.
   *
   * @param nonce 32 bytes of whoever asks
   * @param here what this process has of them, unsigned
   */
  RuleReceipt receipt(String walletId, Cosigners cosigners, byte[] nonce, RuleReceipt here);
}
