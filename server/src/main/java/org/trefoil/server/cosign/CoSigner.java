package org.trefoil.server.cosign;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.proposal.FinalTx;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.server.fence.Fence;
import org.trefoil.server.meter.Meters;
import org.trefoil.server.policy.ApprovedSpend;

/**
 * Has the server's keys made, and puts the second signature on approved spends.
 *
 * <p>Signatures are deterministic (RFC 6979), with low s and SIGHASH_ALL, so signing again after a
 * crash gives the same bytes. The finished transaction is verified, every signature of it, before
 * it leaves this class. {@link #keyUses} counts how often a private key was asked to sign.
 */
public final class CoSigner {
  private final ServerKeys keys;
  private final Meters meters;
  private final Curve curve = Curve.best();
  private final Fence fence;
  private final AtomicLong keyUses = new AtomicLong();

  public CoSigner(ServerKeys keys, Meters meters, Fence fence) {
    this.keys = keys;
    this.meters = meters;
    this.fence = fence;
  }

  /** As {@link Fence#refuseWhenClosed}: refuses on a copy of the server that may not sign. */
  public Instant refuseWhenClosed() {
    return fence.refuseWhenClosed();
  }

  /**
   * Makes a key for a wallet; nothing is stored yet, see {@link #keep}. Refuses on a copy that may
   * not sign: the key would exist there alone.
   */
  public NewServerKey make(String walletId) {
    fence.refuseWhenClosed();
    return keys.make(walletId);
  }

  /** Stores the key's sealed seed; part of the transaction that stores the wallet. */
  public void keep(String walletId, NewServerKey key) {
    keys.keep(walletId, key);
  }

  /** Settles whose a wallet is and which keys it has, as {@link ServerKeys#pin}. */
  public void pin(String walletId, String accountId, Cosigners cosigners) {
    keys.pin(walletId, accountId, cosigners);
  }

  /** Has what is over not signed, as {@link ServerKeys#drop}. */
  public void drop(String walletId, byte[] digest) {
    keys.drop(walletId, digest);
  }

  /**
   * Adds the server's signature to every input and finishes the transaction; refuses on a copy that
   * may not sign.
   */
  public CoSignedTx sign(ApprovedSpend approved) {
    fence.refuseWhenClosed();
    long from = System.nanoTime();
    keyUses.incrementAndGet();
    Psbt both = approved.half().psbt().withSignatures(keys.sign(approved));
    FinalTx done = FinalTx.finish(both, approved.half().spend().cosigners(), curve);
    meters.signed(System.nanoTime() - from);
    return new CoSignedTx(done.bytes(), done.txid());
  }

  /** The fastest arithmetic that this machine has for what needs no secret. */
  public PublicCurve publicCurve() {
    return curve;
  }

  /** How often a private key was asked to sign. */
  public long keyUses() {
    return keyUses.get();
  }
}
