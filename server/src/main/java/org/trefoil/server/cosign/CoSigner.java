package org.trefoil.server.cosign;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.proposal.FinalTx;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.psbt.Psbt;
import org.trefoil.core.units.Network;
import org.trefoil.server.fence.Fence;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Sealer;
import org.trefoil.server.meter.Meters;
import org.trefoil.server.policy.ApprovedSpend;

/**
 * Makes the server's keys and puts the second signature on approved spends.
 *
 * <p>Signatures are deterministic (RFC 6979), with low s and SIGHASH_ALL, so signing again after a
 * crash gives the same bytes. The finished transaction is verified, every signature of it, before
 * it leaves this class. {@link #keyUses} counts how often a private key was opened.
 */
public final class CoSigner {
  private final SeedStore seeds;
  private final Sealer sealer;
  private final SecureRandom random;
  private final Network network;
  private final Meters meters;
  private final Curve curve = Curve.best();
  private final Fence fence;
  private final AtomicLong keyUses = new AtomicLong();

  public CoSigner(
      SeedStore seeds,
      KeyFile keyFile,
      SecureRandom random,
      Network network,
      Meters meters,
      Fence fence) {
    this.seeds = seeds;
    this.sealer = new Sealer(keyFile, "server-seed", random);
    this.random = random;
    this.network = network;
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
    byte[] seed = new byte[ServerKey.SEED_BYTES];
    random.nextBytes(seed);
    try (ServerKey key = new ServerKey(seed, network, curve)) {
      return new NewServerKey(key.cosignerKey(), sealer.seal(seed, walletId));
    }
  }

  /** Stores the key's sealed seed; part of the transaction that stores the wallet. */
  public void keep(String walletId, NewServerKey key) {
    seeds.add(walletId, key.seed());
  }

  /**
   * Adds the server's signature to every input and finishes the transaction; refuses on a copy that
   * may not sign.
   */
  public CoSignedTx sign(ApprovedSpend approved) {
    fence.refuseWhenClosed();
    long from = System.nanoTime();
    CheckedSpend spend = approved.half().spend();
    keyUses.incrementAndGet();
    Psbt both;
    byte[] seed = sealer.open(seeds.find(approved.walletId()).orElseThrow(), approved.walletId());
    try (ServerKey key = new ServerKey(seed, network, curve)) {
      if (!key.cosignerKey().equals(spend.cosigners().key(KeyRole.SERVER))) {
        throw new IllegalStateException("the server's key is not of this wallet");
      }
      both = approved.half().psbt().withSignatures(signatures(spend, key));
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
    FinalTx done = FinalTx.finish(both, spend.cosigners(), curve);
    meters.signed(System.nanoTime() - from);
    return new CoSignedTx(done.bytes(), done.txid());
  }

  /** The fastest arithmetic that this machine has for what needs no secret. */
  public PublicCurve publicCurve() {
    return curve;
  }

  /** How often a private key was opened to sign. */
  public long keyUses() {
    return keyUses.get();
  }

  private static List<InputSignature> signatures(CheckedSpend spend, ServerKey key) {
    List<InputSignature> signatures = new ArrayList<>(spend.inputs().size());
    for (int i = 0; i < spend.inputs().size(); i++) {
      Coin coin = spend.inputs().get(i);
      ServerKey.Made made = key.sign(coin.branch(), coin.index(), spend.sighash(i));
      signatures.add(InputSignature.of(i, made.publicKey(), made.signature()));
    }
    return signatures;
  }
}
