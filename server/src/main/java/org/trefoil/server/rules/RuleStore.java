package org.trefoil.server.rules;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.wire.PolicyDocument;

/** Where signed rules are kept. */
public interface RuleStore {
  /**
   * The end of a wallet's chain.
   *
   * @param head hash of the newest version, 64 hex digits; zeros while there is none
   * @param frozenAt when everything was stopped; null when it is not
   * @param thawAt when that ends; null while nobody asked for it
   * @param step how many heads the wallet had, this one included; 0 for one from before that was
   *     counted
   * @param seal keyed hash over all of it
   */
  record Head(
      long step,
      int version,
      String head,
      @Nullable Instant frozenAt,
      @Nullable Instant thawAt,
      byte[] seal) {}

  /**
   * What there is of a wallet, at one look.
   *
   * @param documents how many versions are there
   * @param pinned the version under which its last send was approved; 0 when none was
   * @param pinnedStep the head under which it was
   * @param noted what the record says of its heads, in no order
   */
  record Kept(@Nullable Head head, int documents, int pinned, long pinnedStep, List<String> noted) {
    public Kept {
      noted = List.copyOf(noted);
    }

    /** Whether nothing says that there ever was a rule or a stop. */
    boolean nothing() {
      return head == null && documents == 0 && pinned == 0 && pinnedStep == 0 && noted.isEmpty();
    }
  }

  /** A version as it is stored. */
  record Row(PolicyDocument document, Instant signedAt, @Nullable Instant cancelledAt) {}

  Kept kept(String walletId);

  /** All versions, the oldest first. */
  List<Row> rows(String walletId);

  void add(String walletId, PolicyDocument document, Instant at);

  void cancel(String walletId, int version, Instant at);

  /** Puts a head in the place of the one before it. */
  void put(String walletId, Head head);

  /** Does something once the thread's transaction is on disk, or now when there is none. */
  void onceCommitted(Runnable action);

  /** Some wallets in use without a head that is counted, in order of their ids, from one on. */
  List<String> uncounted(String after, int limit);

  /** Whether any head is counted. */
  boolean counts();

  /** How far it is that all wallets get heads; null before it began. */
  @Nullable String giving();

  /** Notes that. */
  void giving(String how);
}
