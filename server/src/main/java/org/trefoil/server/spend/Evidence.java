package org.trefoil.server.spend;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trefoil.core.Refusal;
import org.trefoil.server.policy.RulesAt;

/**
 * What the record says of a decision on a send: {@code <digest, 64 hex digits>, rules <version>,
 * <factor>}, and of one that waits or is refused also every reason: {@code …, hold-amount
 * hold-first-time}. Where the rules cannot be read, {@code broken} stands for their version.
 */
final class Evidence {
  /** In the place of a factor: it was given before, when the send began to wait. */
  static final String WAITED = "waited";

  /** The same of what was refused before one was asked for. */
  static final String NO_FACTOR = "no-factor";

  private Evidence() {}

  /**
   * Of what is decided now.
   *
   * @param digest of the transaction with all input amounts
   * @param rules null where they are broken
   * @param factor id of its kind, {@link #WAITED} or {@link #NO_FACTOR}
   */
  static String of(byte[] digest, @Nullable RulesAt rules, String factor) {
    String version = rules == null ? "broken" : Integer.toString(rules.version());
    return HexFormat.of().formatHex(digest) + ", rules " + version + ", " + factor;
  }

  /** The same of what is to wait, or is refused, for these reasons. */
  static String of(byte[] digest, @Nullable RulesAt rules, String factor, List<Refusal> reasons) {
    List<String> tokens = reasons.stream().map(Refusal::token).distinct().toList();
    return of(digest, rules, factor) + ", " + String.join(" ", tokens);
  }
}
