package org.trefoil.server.cosign;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.trefoil.core.coins.Coin;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.PublicCurve;
import org.trefoil.core.policy.HeldRules;
import org.trefoil.core.proposal.CheckedSpend;
import org.trefoil.core.psbt.InputSignature;
import org.trefoil.core.units.Network;
import org.trefoil.core.wire.RuleReceipt;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Sealer;
import org.trefoil.server.policy.ApprovedSpend;

/**
 * The server's keys in this process, their seeds sealed under its key file. Signatures are
 * deterministic (RFC 6979), with low s and SIGHASH_ALL.
 */
public final class OwnKeys implements ServerKeys {
  private final SeedStore seeds;
  private final Sealer sealer;
  private final SecureRandom random;
  private final Network network;
  private final Curve curve = Curve.best();
  private final AtomicLong uses = new AtomicLong();

  public OwnKeys(SeedStore seeds, KeyFile keyFile, SecureRandom random, Network network) {
    this.seeds = seeds;
    this.sealer = new Sealer(keyFile, "server-seed", random);
    this.random = random;
    this.network = network;
  }

  /** The fastest arithmetic that this machine has for what needs no secret. */
  public static PublicCurve publicCurve() {
    return Curve.best();
  }

  @Override
  public NewServerKey make(String walletId) {
    byte[] seed = new byte[ServerKey.SEED_BYTES];
    random.nextBytes(seed);
    try (ServerKey key = new ServerKey(seed, network, curve)) {
      return new NewServerKey(key.cosignerKey(), sealer.seal(seed, walletId));
    }
  }

  @Override
  public void keep(String walletId, NewServerKey key) {
    seeds.add(walletId, key);
  }

  /** Nothing: whoever has the key here has the wallet beside it. */
  @Override
  public void pin(String walletId, String accountId, Cosigners cosigners) {}

  /** Nothing: what was cancelled here is not approved here. */
  @Override
  public void drop(String walletId, byte[] digest) {}

  @Override
  public List<InputSignature> sign(ApprovedSpend approved) {
    uses.incrementAndGet();
    CheckedSpend spend = approved.half().spend();
    return with(approved.walletId(), spend.cosigners(), key -> signatures(spend, key));
  }

  /**
   * Signs what is held of a wallet's rules, by a key where no address lies.
   *
   * @param nonce 32 bytes, as somebody asked with them
   */
  public RuleReceipt receipt(
      String walletId, Cosigners cosigners, byte[] nonce, RuleReceipt unsigned) {
    byte[] digest = HeldRules.digest(cosigners, walletId, nonce, unsigned);
    byte[] signature =
        with(walletId, cosigners, key -> key.signPlain(HeldRules.BRANCH, HeldRules.INDEX, digest));
    return unsigned.signed(Base64.getEncoder().encodeToString(signature));
  }

  private <T> T with(String walletId, Cosigners cosigners, Function<ServerKey, T> work) {
    byte[] seed = sealer.open(seeds.find(walletId).orElseThrow(), walletId);
    try (ServerKey key = new ServerKey(seed, network, curve)) {
      if (!key.cosignerKey().equals(cosigners.key(KeyRole.SERVER))) {
        throw new IllegalStateException("the server's key is not of this wallet");
      }
      return work.apply(key);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** How often a private key was opened to sign. */
  public long uses() {
    return uses.get();
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
