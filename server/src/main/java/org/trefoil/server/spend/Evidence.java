package org.trefoil.server.spend;

import java.util.HexFormat;
import java.util.List;
import org.trefoil.core.Refusal;
import org.trefoil.server.policy.RulesAt;

/**
 * What the record says of a decision on a send: {@code <digest, 64 hex digits>, rules <version>,
 * <factor>}, and of one that waits also why: {@code …, hold-amount hold-first-time}.
 */
final class Evidence {
  /** In the place of a factor: it was given before, when the send began to wait. */
  static final String WAITED = "waited";

  private Evidence() {}

  /**
   * Of what is decided now.
   *
   * @param digest of the transaction with all input amounts
   * @param factor id of its kind, or {@link #WAITED}
   */
  static String of(byte[] digest, RulesAt rules, String factor) {
    return HexFormat.of().formatHex(digest) + ", rules " + rules.version() + ", " + factor;
  }

  /** The same of what is to wait, for these reasons. */
  static String of(byte[] digest, RulesAt rules, String factor, List<Refusal> reasons) {
    List<String> tokens = reasons.stream().map(Refusal::token).distinct().toList();
    return of(digest, rules, factor) + ", " + String.join(" ", tokens);
  }
}
