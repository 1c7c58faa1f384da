package org.trefoil.server.rules;

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
import org.trefoil.core.keys.TaggedHash;
import org.trefoil.core.policy.PolicyChain;
import org.trefoil.core.units.Hex;
import org.trefoil.core.units.Utf8;
import org.trefoil.server.keyfile.KeyFile;
import org.trefoil.server.keyfile.Pepper;
import org.trefoil.server.wallets.WalletRecord;

/**
 * Reads a wallet's rules and verifies them, every time. Guarantee: what was changed, removed, put
 * in or put back by somebody with the database alone is found: each head is noted in the record
 * under its number ({@link HeadNote}), the send that was approved last names one too, and the
 * newest that this server met stands outside the database ({@link HeadMarks}). Limit: who removes
 * the rows of the record as well is found here only by a server that met what they were about.
 */
public final class RuleChains {
  private static final int REMEMBERED = 10_000;
  private static final String TAG = "trefoil/rules-head/1";
  private static final byte[] NO_SEAL = {};

  private final RuleStore store;
  private final Pepper pepper;
  private final HeadMarks marks;
  private final Map<String, Boolean> verified =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  public RuleChains(RuleStore store, KeyFile keyFile, HeadMarks marks) {
    this.store = store;
    this.marks = marks;
    this.pepper = new Pepper(keyFile, "policy-head");
  }

  /** The wallet's rules; refuses {@code policy-chain-broken} {version}. */
  public Standing of(WalletRecord wallet) {
    String walletId = wallet.walletId();
    // What is marked is committed: asked first, it is never ahead of what is read after it.
    HeadNote marked = marks.of(walletId);
    RuleStore.Kept kept = store.kept(walletId);
    RuleStore.Head head = kept.head();
    List<RuleStore.Row> rows = kept.documents() == 0 ? List.of() : store.rows(walletId);
    PolicyChain chain = chain(wallet, rows);
    HeadNote noted = HeadNote.newer(marked, HeadNote.newest(kept.noted()));
    int known = head == null ? 0 : head.version();
    int named = Math.max(kept.pinned(), noted == null ? 0 : noted.version());
    if (chain.version() != known || named > known) {
      throw PolicyChain.broken(Math.min(chain.version(), known) + 1);
    }
    if (head == null || head.step() == 0 || !head.head().equals(chain.head())) {
      throw PolicyChain.broken(known);
    }
    byte[] digest = digest(walletId, head, rows);
    boolean sealed = MessageDigest.isEqual(head.seal(), seal(digest));
    boolean older = kept.pinnedStep() > head.step();
    if (!sealed || older || noted != null && !noted.allows(head.step(), digest)) {
      throw PolicyChain.broken(known);
    }
    mark(walletId, new HeadNote(head.step(), head.version(), digest));
    return new Standing(chain, rows, head.frozenAt(), head.thawAt(), head.step());
  }

  /** Once it is committed, as it is when another transaction wrote it. */
  private void mark(String walletId, HeadNote head) {
    store.onceCommitted(() -> marks.raise(walletId, head));
  }

  private PolicyChain chain(WalletRecord wallet, List<RuleStore.Row> rows) {
    Cosigners cosigners = wallet.cosigners();
    return PolicyChain.verify(
        cosigners,
        wallet.walletId(),
        rows.stream().map(RuleStore.Row::document).toList(),
        (digest, sig) -> signed(cosigners, digest, sig));
  }

  /** The first head of a wallet that goes into use, inside that transaction; as it is noted. */
  public String first(String walletId) {
    return put(walletId, new RuleStore.Head(1, 0, PolicyChain.NOTHING, null, null, NO_SEAL));
  }

  /**
   * Counts and seals the head of a wallet from before heads were; null, and nothing is done, where
   * it is not what was left then.
   */
  @Nullable String count(WalletRecord wallet) {
    String walletId = wallet.walletId();
    RuleStore.Kept kept = store.kept(walletId);
    RuleStore.Head head = kept.head();
    if (kept.nothing()) {
      return first(walletId);
    }
    List<RuleStore.Row> rows = store.rows(walletId);
    boolean whole =
        head != null
            && head.step() == 0
            && kept.noted().isEmpty()
            && MessageDigest.isEqual(head.seal(), sealFromBefore(walletId, head, rows));
    return whole && head != null
        ? end(walletId, 1, head.version(), head.head(), head.frozenAt(), head.thawAt())
        : null;
  }

  /**
   * Writes the end of a chain, inside the transaction that changed it; answers what the record is
   * to say of it.
   */
  String end(
      String walletId,
      Standing before,
      PolicyChain chain,
      @Nullable Instant frozen,
      @Nullable Instant thaw) {
    return end(walletId, before.step() + 1, chain.version(), chain.head(), frozen, thaw);
  }

  String end(
      String walletId,
      long step,
      int version,
      String hash,
      @Nullable Instant frozen,
      @Nullable Instant thaw) {
    return put(walletId, new RuleStore.Head(step, version, hash, frozen, thaw, NO_SEAL));
  }

  private String put(String walletId, RuleStore.Head head) {
    byte[] digest = digest(walletId, head, store.rows(walletId));
    store.put(
        walletId,
        new RuleStore.Head(
            head.step(),
            head.version(),
            head.head(),
            head.frozenAt(),
            head.thawAt(),
            seal(digest)));
    HeadNote note = new HeadNote(head.step(), head.version(), digest);
    mark(walletId, note);
    return note.text();
  }

  /** What says that all wallets are being given heads, which the database alone cannot. */
  String giving() {
    return Hex.of(pepper.of(Utf8.of("heads are given")));
  }

  private byte[] seal(byte[] digest) {
    return pepper.of(Utf8.of("head"), digest);
  }

  /** What a head says, and what was cancelled before it: a line each. */
  private static byte[] digest(String walletId, RuleStore.Head head, List<RuleStore.Row> rows) {
    List<String> parts = new ArrayList<>();
    parts.add(walletId);
    parts.add(Long.toString(head.step()));
    parts.addAll(parts(head, rows));
    return TaggedHash.of(TAG, Utf8.of(String.join("\n", parts)));
  }

  private byte[] sealFromBefore(String walletId, RuleStore.Head head, List<RuleStore.Row> rows) {
    List<String> parts = new ArrayList<>();
    parts.add(walletId);
    parts.addAll(parts(head, rows));
    return pepper.of(parts.stream().map(Utf8::of).toArray(byte[][]::new));
  }

  private static List<String> parts(RuleStore.Head head, List<RuleStore.Row> rows) {
    List<String> parts = new ArrayList<>();
    parts.add(Integer.toString(head.version()));
    parts.add(head.head());
    parts.add(seconds(head.frozenAt()));
    parts.add(seconds(head.thawAt()));
    for (RuleStore.Row row : rows) {
      parts.add(row.document().version() + " " + seconds(row.cancelledAt()));
    }
    return parts;
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
