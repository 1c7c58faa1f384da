package org.trefoil.server.cosign;

import java.util.List;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.server.policy.ApprovedSpend;

/** Who has the server's private keys: this process, or a signer beside it. */
public interface ServerKeys {
  /** Makes a key for a wallet that has none. */
  NewServerKey make(String walletId);

  /** Stores a key just made; part of the transaction that stores the wallet. */
  void keep(String walletId, NewServerKey key);

  /**
   * Says whose a wallet is and which keys it has, once these are settled; the same again changes
   * nothing.
   */
  void pin(String walletId, String accountId, Cosigners cosigners);

  /**
   * What has this digest was cancelled or is over: it is never signed where it waits by a rule, and
   * not before it is confirmed anew where that was done and nobody asked for its signature. Nothing
   * changes for anything else.
   */
  void drop(String walletId, byte[] digest);

  /** Signs every input of an approved spend with the wallet's key, SIGHASH_ALL, in their order. */
  List<InputSignature> sign(ApprovedSpend approved);
}
