package org.trefoil.server.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.core.wire.PolicyRequest;
import org.trefoil.core.wire.PolicyView;
import org.trefoil.core.wire.RecipientLine;
import org.trefoil.core.wire.RulesAndReceipt;

/** What the door asks about a wallet's rules; times in epoch seconds. */
public interface Policies {
  /**
   * How a wallet's rules stand.
   *
   * @param broken the first version that is not what was signed; null when all are
   * @param lines the rules that hold, in words
   * @param versions the newest first
   * @param waiting what the looser version that waits changes; null when none does
   * @param frozen whether everything is stopped
   * @param thawAt when that ends; null while nobody asked for it
   */
  record State(
      @Nullable Integer broken,
      List<String> lines,
      List<Version> versions,
      @Nullable Change waiting,
      boolean frozen,
      @Nullable Long thawAt) {
    public State {
      lines = List.copyOf(lines);
      versions = List.copyOf(versions);
    }
  }

  /** A version and how it stands: {@code holds}, {@code waits}, {@code cancelled}, {@code over}. */
  record Version(int number, long signedAt, String how) {}

  /** What a version changes, and from when. */
  record Change(List<String> added, List<String> removed, long from) {
    public Change {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }
  }

  State state(String accountId, String walletId);

  /** What the vault needs to sign the next version. */
  PolicyView view(String accountId, String walletId);

  /** All versions, and what whoever co-signs holds of them; {@code nonce} is 32 bytes. */
  RulesAndReceipt held(String accountId, String walletId, byte[] nonce);

  void sign(String accountId, String walletId, PolicyRequest request);

  void cancel(String accountId, String walletId);

  void freeze(String accountId, String walletId);

  void thaw(String accountId, String walletId, String code);

  /**
   * What a link cancels.
   *
   * @param wallet its name
   * @param thaw whether it keeps the wallet stopped; else it keeps its rules
   */
  record Cancellation(String wallet, boolean thaw) {}

  /** Refuses {@code link-dead} unless the link cancels what waits. */
  Cancellation lookAtCancel(String link);

  void cancelByLink(String link);

  /**
   * What the rules say of a send.
   *
   * @param refused whether it would not be signed
   * @param heldUntil until when it would wait; null when it would not
   */
  record Preview(boolean refused, @Nullable Long heldUntil, List<Refusal> reasons) {
    public Preview {
      reasons = List.copyOf(reasons);
    }
  }

  /** What they say of one that is not proposed yet. */
  Preview preview(
      String accountId,
      String walletId,
      List<RecipientLine> lines,
      long fee,
      Services.Whence whence);

  /** What they say of one that waits for its code, or by them. */
  Preview preview(String accountId, String walletId, String sendId, Services.Whence whence);

  /** Until when a send waits by a rule; null when it does not. */
  @Nullable Long heldUntil(String accountId, String walletId, String sendId);
}
