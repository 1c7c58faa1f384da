package org.trefoil.server.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.keys.Cosigners;
import org.trefoil.core.keys.KeyRole;
import org.trefoil.core.keys.Statement;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.units.Hex;
import org.trefoil.core.wire.PolicyDocument;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;
import org.trefoil.server.wallets.WalletRecord;

/**
 * Reads a wallet's rules and verifies them, every time. Guarantee: what was changed, removed or put
 * in by somebody with the database alone is found. Limit: a whole earlier state put back is found
 * by the version that the wallet's last send names, and by browsers that saw a newer one, not by
 * its own seal.
 */
public final class RuleChains {
  private static final int REMEMBERED = 10_000;

  private final RuleStore store;
  private final Pepper pepper;
  private final Map<String, Boolean> verified =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  public RuleChains(RuleStore store, KeyFile keyFile) {
    this.store = store;
    this.pepper = new Pepper(keyFile, "policy-head");
  }

  /** The wallet's rules; refuses {@code policy-chain-broken} {version}. */
  public Standing of(WalletRecord wallet) {
    String walletId = wallet.walletId();
    RuleStore.Kept kept = store.kept(walletId);
    RuleStore.Head head = kept.head();
    if (head == null && kept.documents() == 0 && kept.pinned() == 0) {
      return new Standing(empty(wallet.cosigners(), walletId), List.of(), null, null);
    }
    List<RuleStore.Row> rows = kept.documents() == 0 ? List.of() : store.rows(walletId);
    Cosigners cosigners = wallet.cosigners();
    PolicyChain chain =
        PolicyChain.verify(
            cosigners,
            walletId,
            rows.stream().map(RuleStore.Row::document).toList(),
            (digest, sig) -> signed(cosigners, digest, sig));
    int known = head == null ? 0 : head.version();
    if (chain.version() != known || kept.pinned() > known) {
      throw PolicyChain.broken(Math.min(chain.version(), known) + 1);
    }
    if (head == null) {
      throw new IllegalStateException("a chain without its end");
    }
    boolean sealed = MessageDigest.isEqual(head.seal(), seal(walletId, head, rows));
    if (!head.head().equals(chain.head()) || !sealed) {
      throw PolicyChain.broken(Math.max(1, known));
    }
    return new Standing(chain, rows, head.frozenAt(), head.thawAt());
  }

  /** Writes the end of a chain, inside the transaction that changed it. */
  void end(String walletId, PolicyChain chain, @Nullable Instant frozen, @Nullable Instant thaw) {
    end(walletId, chain.version(), chain.head(), frozen, thaw);
  }

  void end(
      String walletId, int version, String hash, @Nullable Instant frozen, @Nullable Instant thaw) {
    RuleStore.Head head = new RuleStore.Head(version, hash, frozen, thaw, new byte[0]);
    byte[] seal = seal(walletId, head, store.rows(walletId));
    store.put(walletId, new RuleStore.Head(version, hash, frozen, thaw, seal));
  }

  private static PolicyChain empty(Cosigners cosigners, String walletId) {
    return PolicyChain.verify(cosigners, walletId, List.of());
  }

  private byte[] seal(String walletId, RuleStore.Head head, List<RuleStore.Row> rows) {
    List<String> parts = new ArrayList<>();
    parts.add(walletId);
    parts.add(Integer.toString(head.version()));
    parts.add(head.head());
    parts.add(seconds(head.frozenAt()));
    parts.add(seconds(head.thawAt()));
    for (RuleStore.Row row : rows) {
      PolicyDocument document = row.document();
      parts.add(document.version() + " " + seconds(row.cancelledAt()));
    }
    return pepper.of(
        parts.stream().map(part -> part.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
  }

  private static String seconds(@Nullable Instant at) {
    return at == null ? "" : Long.toString(at.getEpochSecond());
  }

  /** A digest names wallet and key set, so what was verified once is verified. */
  private boolean signed(Cosigners cosigners, byte[] digest, byte[] signature) {
    String name = Hex.of(digest) + Hex.of(signature);
    synchronized (verified) {
      if (verified.containsKey(name)) {
        return true;
      }
    }
    if (!Statement.verify(digest, cosigners, KeyRole.USER, signature)) {
      return false;
    }
    synchronized (verified) {
      verified.put(name, true);
    }
    return true;
  }
}
